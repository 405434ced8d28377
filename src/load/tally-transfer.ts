import type { Histogram } from 'hdr-histogram-js'
import { decodeHistogram, encodeHistogram } from './histogram.js'

/** A value with every histogram in it as `{ hdr: <base64> }`: plain data, for messages between threads. */
export type Encoded<Value> = Value extends Histogram
  ? { hdr: string }
  : Value extends object
    ? { [Key in keyof Value]: Encoded<Value[Key]> }
    : Value

/** A tally, or an event that carries one, as plain data for messages between threads. */
export function encodeForThread<Value>(value: Value): Encoded<Value> {
  return mapObjects(value, (object) =>
    'recordValue' in object ? { hdr: encodeHistogram(object as unknown as Histogram) } : undefined,
  ) as Encoded<Value>
}

/** The inverse of `encodeForThread`. */
export function decodeFromThread<Value>(encoded: Encoded<Value>): Value {
  return mapObjects(encoded, (object) =>
    typeof object.hdr === 'string' ? decodeHistogram(object.hdr) : undefined,
  ) as Value
}

/** A deep copy in which the objects that `change` answers for are replaced by its answer. */
function mapObjects(value: unknown, change: (object: Record<string, unknown>) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change))
  const changed = change(value as Record<string, unknown>)
  if (changed !== undefined) return changed
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapObjects(item, change)]))
}
