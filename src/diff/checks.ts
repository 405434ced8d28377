import { partName, resultsOf } from '../report/assemble.js'
import type { Part, Result, Run, Status } from '../report/run.js'

/** What a check found, whatever a baseline makes of it. */
export type Found = Exclude<Status, 'known'>

/** How one check's outcome differs between two runs. `broken`: it fails or warns now and did not; `mended`: the other way round. */
export interface CheckChange {
  id: string
  title: string
  /** Shown where there are several. */
  target?: string
  revision?: string
  kind: 'broken' | 'mended' | 'changed' | 'new' | 'removed'
  before?: Found
  after?: Found
  message?: string
  link: string
}

/** A part of each run that are about the same server in the same era. */
export type Pair = [before: Part, after: Part]

/** Pairs the parts of two runs by name, and by order where there are as many on both sides: URLs of started servers differ from run to run. */
export function pairsOf(before: Run, after: Run): Pair[] {
  const [old, now] = [before, after].map((run) => run.parts.filter(({ count, target }) => count > 0 || target.obstacle))
  const named = now!.flatMap((part): Pair[] => {
    const twin = old!.find((other) => partName(before, other) === partName(after, part))
    return twin ? [[twin, part]] : []
  })
  const left = old!.filter((part) => !named.some(([one]) => one === part))
  const rest = now!.filter((part) => !named.some(([, one]) => one === part))
  return left.length === rest.length ? [...named, ...left.map((part, at): Pair => [part, rest[at]!])] : named
}

/** Every check that does not stand as it stood. */
export function diffChecks(before: Run, after: Run, pairs: readonly Pair[]): CheckChange[] {
  return pairs.flatMap(([old, now]) => {
    const [one, other] = [resultsOf(before, old), resultsOf(after, now)]
    const target = pairs.length > 1 ? { target: partName(after, now) } : {}
    const changes = other.flatMap((result) => changeOf(twinOf(result, one, other), result))
    const gone = one.filter((result) => !twinOf(result, other, one)).flatMap((result) => changeOf(result, undefined))
    return [...changes, ...gone].map((change) => ({ ...change, ...target }))
  })
}

/** The same check on the other side: at the same revision where it ran at several, at whatever revision where it ran once. */
function twinOf(result: Result, there: readonly Result[], here: readonly Result[]): Result | undefined {
  const alike = there.filter(({ id }) => id === result.id)
  const once = alike.length === 1 && here.filter(({ id }) => id === result.id).length === 1
  return once ? alike[0] : alike.find(({ revision }) => revision === result.revision)
}

function changeOf(before: Result | undefined, after: Result | undefined): CheckChange[] {
  const [was, is] = [before && foundIn(before), after && foundIn(after)]
  if (was === is) return []
  const { id, title, revision, outcome, link } = (after ?? before)!
  return [
    {
      ...{ id, title, link, kind: kindOf(was, is) },
      ...(revision ? { revision } : {}),
      ...(was ? { before: was } : {}),
      ...(is ? { after: is } : {}),
      ...(after && outcome.message ? { message: outcome.message } : {}),
    },
  ]
}

function kindOf(was: Found | undefined, is: Found | undefined): CheckChange['kind'] {
  if (was === undefined) return 'new'
  if (is === undefined) return 'removed'
  const [old, now] = [rank(was), rank(is)]
  if (now > old) return 'broken'
  return now < old && is === 'pass' ? 'mended' : 'changed'
}

function rank(found: Found): number {
  return found === 'fail' ? 2 : found === 'warn' ? 1 : 0
}

function foundIn({ outcome: { status }, known }: Result): Found {
  return status === 'known' ? (known?.was ?? 'fail') : status
}
