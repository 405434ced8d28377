import { createHash } from 'node:crypto'
import { invalidParams } from './error.js'

/** One page of a list and the cursor of the next, if there is one. */
export interface Page<Item> {
  items: Item[]
  nextCursor?: string
}

/**
 * Cuts a list into pages with cursors that are opaque, the same in every process, and valid for this list alone.
 * Returns the reader of pages, which throws -32602 for every other cursor (pagination-invalid-cursor-32602).
 */
export function paginate<Item>(list: string, items: readonly Item[], size: number): (cursor?: string) => Page<Item> {
  const cursorAt = (start: number) => createHash('sha256').update(`${list}:${start}`).digest('base64url').slice(0, 22)
  const starts = new Map<string, number>()
  for (let start = size; start < items.length; start += size) starts.set(cursorAt(start), start)

  return (cursor) => {
    const start = cursor === undefined ? 0 : starts.get(cursor)
    if (start === undefined) throw invalidParams('Invalid cursor')
    const end = start + size
    const page = { items: items.slice(start, end) }
    return end < items.length ? { ...page, nextCursor: cursorAt(end) } : page
  }
}
