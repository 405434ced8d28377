import type { Json } from '../core/types.js'

/** Changes the first item alone. */
export const first = (change: (item: Json) => void) => (item: Json, index: number) => {
  if (index === 0) change(item)
}
