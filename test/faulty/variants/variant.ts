import type { Policy } from '../core/types.js'
import type { Combo } from '../faults/fault.js'

/** A clean server that is built in another way: nothing may be reported on it. */
export interface Variant {
  name: string
  combos: Combo[]
  summary: string
  change(base: Policy): Partial<Policy>
}
