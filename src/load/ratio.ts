import type { Ratio } from '../report/comparison.js'

/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]

/** The t that leaves 2.5 % above it; beyond the table by the expansion around the normal quantile, right to four digits there. */
export function tQuantile(degrees: number): number {
  const z = 1.959964
  return (
    quantiles[degrees - 1] ??
    z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
  )
}

/** The geometric mean; undefined of nothing, or where a value is not above zero. */
export function geometricMean(values: readonly number[]): number | undefined {
  if (values.length === 0 || values.some((value) => !(value > 0))) return undefined
  return Math.exp(mean(values.map(Math.log)))
}

/**
 * How many times as much `values` are as `base`, which were measured in pairs, one pair per round; undefined where a value is missing or not
 * above zero.
 *
 * The ratio is the geometric mean of the ratios of the pairs, its 95 % interval the t-interval of their logarithms. Pairs take out what
 * changes from round to round and hits both, logarithms make 2 and ½ equally far from 1, and with the handful of rounds there are Student's
 * t stays honest where a bootstrap does not: resampling six noisy values gives intervals that miss the truth three times as often as
 * they claim to. One wild round widens the interval instead of moving the verdict.
 */
export function ratioOf(base: readonly (number | null)[], values: readonly (number | null)[]): Ratio | undefined {
  const logs = base.map((value, index) => {
    const other = values[index]
    return value && other && value > 0 && other > 0 ? Math.log(other / value) : Number.NaN
  })
  if (logs.length === 0 || logs.some(Number.isNaN)) return undefined
  const middle = mean(logs)
  if (logs.length < 2) return { ratio: Math.exp(middle), shown: false }
  const variance = logs.reduce((sum, log) => sum + (log - middle) ** 2, 0) / (logs.length - 1)
  const reach = tQuantile(logs.length - 1) * Math.sqrt(variance / logs.length)
  const [low, high] = [Math.exp(middle - reach), Math.exp(middle + reach)]
  return { ratio: Math.exp(middle), low, high, shown: low > 1 || high < 1 }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
