import type { NamedTool } from '../conformance/given.js'
import type { Parity } from '../report/parity.js'
import { countValues, differencesOf } from './differences.js'
import { eraless } from './eraless.js'
import { patchOf } from './json-patch.js'
import { leftOutOf } from './left-out.js'
import { type Picture, takePicture } from './picture.js'
import type { Side } from './side.js'

/** What two pictures of each form tell. */
export type Compared = Pick<Parity, 'compared' | 'differences' | 'patch' | 'document' | 'leftOut'>

/** Takes two pictures of each form. What differs between two of one form varies by nature; the first of each are compared. */
export async function comparePictures(
  original: Side,
  converted: Side,
  tools: readonly NamedTool[],
  ignore: readonly string[],
): Promise<Compared> {
  const sides = [original, converted] as const
  const acrossEras = original.modern !== converted.modern
  const takeBoth = () =>
    Promise.all(
      sides.map(async (side) => {
        const picture = await takePicture(side, tools)
        return acrossEras ? eraless(picture) : picture
      }),
    ) as Promise<[Picture, Picture]>
  const first = await takeBoth()
  const second = await takeBoth()
  const varying = first.flatMap((picture, at) => patchOf(picture, second[at]).map(({ path }) => path))
  const [was, is] = comparable(first)
  return {
    compared: countValues(was),
    ...differencesOf(was, is, { varying, ignore }),
    document: { ...was },
    leftOut: leftOutOf(first, tools),
  }
}

/** Orders of what both have: a missing entry is told once. Revisions only where both are known. */
function comparable([a, b]: [Picture, Picture]): [Picture, Picture] {
  const orders = (from: Picture, other: Picture) =>
    Object.fromEntries(
      Object.entries(from.order).map(([list, names]) => [
        list,
        names.filter((name) => other.order[list]!.includes(name)),
      ]),
    )
  const revisions = (from: Picture) => (a.revisions.length > 0 && b.revisions.length > 0 ? from.revisions : [])
  return [
    { ...a, order: orders(a, b), revisions: revisions(a) },
    { ...b, order: orders(b, a), revisions: revisions(b) },
  ]
}
