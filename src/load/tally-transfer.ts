import type { Histogram } from 'hdr-histogram-js'
import { decodeHistogram, encodeHistogram } from './histogram.js'
import type { Tally } from './tally.js'

/** A value with every histogram in it as `{ hdr: <base64> }`: plain data, for messages between threads. */
export type Encoded<Value> = Value extends Histogram
  ? { hdr: string }
  : Value extends object
    ? { [Key in keyof Value]: Encoded<Value[Key]> }
    : Value

/** A tally as plain data, for messages between threads. */
export function encodeTally(tally: Tally): Encoded<Tally> {
  return mapHistograms(tally, (value) =>
    isHistogram(value) ? { hdr: encodeHistogram(value) } : undefined,
  ) as Encoded<Tally>
}

/** The inverse of `encodeTally`. */
export function decodeTally(encoded: Encoded<Tally>): Tally {
  return mapHistograms(encoded, (value) => ('hdr' in value ? decodeHistogram(value.hdr as string) : undefined)) as Tally
}

function isHistogram(value: object): value is Histogram {
  return 'recordValue' in value
}

/** A deep copy in which objects that `change` answers for are replaced. */
function mapHistograms(value: unknown, change: (value: Record<string, unknown>) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => mapHistograms(item, change))
  const changed = change(value as Record<string, unknown>)
  if (changed !== undefined) return changed
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapHistograms(item, change)]))
}
