import { msUnit, percent, perSecond, whole } from './figures.js'
import type { ThresholdOutcome } from './load.js'

/** What a threshold's own text says of its limit. */
interface Limit {
  unit: string
  value: number
  /** True when less is better. */
  below: boolean
}

function limitOf(text: string): Limit | undefined {
  const match = /(<=?|>=?|={1,3}|!=)\s*([\d.]+)\s*([^\d\s]*)\s*$/.exec(text)
  return match ? { below: match[1]!.startsWith('<'), value: Number(match[2]), unit: match[3]! } : undefined
}

/** What was measured for a threshold, in the threshold's own unit: `412 ms`, `0.42 %`, `812/s`. */
export function actualText({ text, actual }: ThresholdOutcome): string {
  if (actual === null) return 'nothing measured'
  const unit = limitOf(text)?.unit ?? ''
  if (unit === '%') return percent(actual, 100)
  if (unit === '/s') return `${perSecond(actual)}/s`
  if (unit === 's') return `${actual < 100 ? Number(actual.toPrecision(3)) : whole(actual)} s`
  if (unit === 'us' || unit === 'µs') return `${whole(actual)} ${unit}`
  if (unit === 'ms' || isTime(text)) return msUnit(actual)
  return Number.isInteger(actual) ? whole(actual) : String(Number(actual.toPrecision(3)))
}

/** How far a broken threshold is from holding: the ratio of what was measured to what was allowed, or the other way round for a lower bound. */
export function excess({ text, actual }: ThresholdOutcome): number {
  const limit = limitOf(text)
  if (!limit || actual === null) return 0
  const ratio = limit.below ? actual / limit.value : limit.value / actual
  return Number.isNaN(ratio) ? 0 : ratio
}

function isTime(text: string): boolean {
  return /(^|:)\s*(p\(|avg|min|med|max)/.test(text)
}
