import { createPatch, type Operation, Pointer } from 'rfc6902'
import type { PatchOperation } from '../report/parity.js'

/** The operations that turn one JSON value into another. Lists of unlike length, and lists of plain values, are replaced as a whole. */
export function patchOf(from: unknown, to: unknown, base = ''): PatchOperation[] {
  const operations = createPatch(from, to, (a, b, at) => {
    if (!Array.isArray(a) || !Array.isArray(b)) return undefined
    const path = at.toString()
    if (a.length === b.length && [...a, ...b].every((one) => typeof one === 'object' && one !== null))
      return a.flatMap((one, index) => patchOf(one, b[index], `${path}/${index}`) as Operation[])
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ op: 'replace', path, value: b }]
  })
  return (operations as PatchOperation[]).map((one) => ({ ...one, path: `${base}${one.path}` }))
}

/** What stands at a JSON pointer. */
export function valueAt(document: unknown, path: string): unknown {
  return Pointer.fromJSON(path).get(document)
}

/** The steps of a JSON pointer, unescaped (RFC 6901). */
export function stepsOf(path: string): string[] {
  return Pointer.fromJSON(path).tokens.slice(1)
}
