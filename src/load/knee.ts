import type { CapacitySearch } from './profile.js'

/** Whether a rate held. */
export interface Trial {
  rate: number
  held: boolean
}

/** How near the lowest rate that broke must come to the highest that held. */
const near = 1.1

/** How often the first rate is halved when not even that holds. */
const halvings = 5

/** The highest rate that held below the lowest that broke, and that one; of several trials of a rate the last counts. */
export function standing(trials: readonly Trial[]): { held?: number; broke?: number } {
  const last = new Map(trials.map(({ rate, held }) => [rate, held]))
  const rates = [...last.keys()].sort((a, b) => a - b)
  const broke = rates.find((rate) => !last.get(rate))
  const held = rates.findLast((rate) => last.get(rate) && (broke === undefined || rate < broke))
  return { ...(held === undefined ? {} : { held }), ...(broke === undefined ? {} : { broke }) }
}

/** The next rate to try: doubled until one breaks, then between, until the knee is known to a tenth; undefined when it is. */
export function nextRate(
  trials: readonly Trial[],
  { from, to }: Pick<CapacitySearch, 'from' | 'to'>,
): number | undefined {
  const { held, broke } = standing(trials)
  if (held === undefined && broke === undefined) return from
  if (broke === undefined) return held! < to ? Math.min(to, held! * 2) : undefined
  if (held === undefined) {
    const lower = rounded(broke / 2)
    return lower >= Math.max(0.1, from / 2 ** halvings) && lower < broke ? lower : undefined
  }
  const between = rounded(Math.sqrt(held * broke))
  return broke / held > near && between > held && between < broke ? between : undefined
}

/** To two digits, three from 100 on. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(rate >= 100 ? 3 : 2))
}
