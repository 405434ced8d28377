import { join, resolve } from 'node:path'

/** Where the published reports are. */
export const folder = join(resolve(import.meta.dirname, '../..').replace(/\/dist$/, ''), 'reports')

/** The published reports by folder: what of the reference server is judged in each. */
export const modes: Record<string, string[]> = {
  stateful: ['reference:stateful', 'reference:stateful?auth=oauth'],
  stateless: ['reference:stateless', 'reference:stateless?auth=credentials'],
  modern: ['reference:modern'],
  dual: ['reference:dual'],
  sse: ['reference:sse'],
}
