import { isObject } from '../wire/jsonrpc.js'

/** Members whose content is the author's own and no part of the protocol. */
const foreign = new Set(['inputSchema', 'outputSchema', 'structuredContent', 'arguments', 'data', 'experimental'])

/** Every `_meta` object in a message, wherever the protocol puts one. */
export function metasOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(metasOf)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === '_meta') return isObject(member) ? [member] : []
    return foreign.has(name) ? [] : metasOf(member)
  })
}

/** Every key of those objects. */
export function metaKeys(value: unknown): string[] {
  return metasOf(value).flatMap((meta) => Object.keys(meta))
}

/** The two parts of a `_meta` key; the prefix is undefined when there is no slash. */
export function metaKeyParts(key: string): { prefix?: string; name: string } {
  const at = key.indexOf('/')
  return at < 0 ? { name: key } : { prefix: key.slice(0, at), name: key.slice(at + 1) }
}
