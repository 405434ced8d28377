import type { Stage } from '../profile.js'

/** A stretch of the measured time within one stage: a second, or more where there are too many. Seconds after the start. */
export interface Row {
  stage: number
  from: number
  to: number
}

/** The most rows: each costs every virtual user memory. */
const most = 300

/** The rows of a profile's stages, in order; runs in Node and in k6. A rest of less than a tenth goes with the row before it, as it does in a local load. */
export function rowsOf(stages: readonly Stage[]): Row[] {
  const width = Math.max(1, Math.ceil(stages.reduce((sum, { seconds }) => sum + seconds, 0) / most))
  const rows: Row[] = []
  let start = 0
  stages.forEach(({ seconds }, stage) => {
    const end = start + seconds
    for (let from = start; end - from > 1e-9; ) {
      const next = (Math.floor(from / width + 1e-9) + 1) * width
      const to = end - next < 0.1 ? end : next
      rows.push({ stage, from, to })
      from = to
    }
    start = end
  })
  return rows
}
