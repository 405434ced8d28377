import { createHash } from 'node:crypto'
import { Refusal } from '../core/jsonrpc.js'
import type { Json, Turn } from '../core/types.js'

/** Encodes a position in a list as an opaque, tamper-evident cursor. */
export function makeCursor(list: string, offset: number): string {
  const plain = `${list}@${offset}`
  const seal = createHash('sha256').update(`ledger ${plain}`).digest('hex').slice(0, 8)
  return Buffer.from(`${plain}#${seal}`).toString('hex').toUpperCase()
}

/** Finds the position a cursor stands for. */
export function readCursor(list: string, cursor: unknown): number {
  if (cursor === undefined) return 0
  if (typeof cursor === 'string' && cursor.length < 200) {
    const offset = Number(/@(\d+)#/.exec(Buffer.from(cursor, 'hex').toString('latin1'))?.[1] ?? Number.NaN)
    if (Number.isInteger(offset) && makeCursor(list, offset) === cursor) return offset
  }
  throw new Refusal(-32602, 'this cursor was not issued here')
}

/** Cuts one page out of a list. */
export function page(turn: Turn, list: string, items: Json[]): Json {
  const { pageSize } = turn.ex.world.policy.facts
  const start = readCursor(list, turn.params.cursor)
  const result: Json = { [list]: items.slice(start, start + pageSize) }
  if (start + pageSize < items.length) result.nextCursor = makeCursor(list, start + pageSize)
  return result
}
