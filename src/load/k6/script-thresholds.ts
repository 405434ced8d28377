import type { Threshold } from '../thresholds.js'
import type { ScriptThreshold } from './script-plan.js'

/**
 * The thresholds as k6 evaluates them by itself. A rate of good answers is left out: k6 would divide by the whole time of the test, sessions
 * included.
 */
export function scriptThresholds(thresholds: readonly Threshold[]): ScriptThreshold[] {
  return thresholds.flatMap(({ phase, aggregate, operator, bound }): ScriptThreshold[] => {
    const about = phase === undefined ? {} : { phase }
    if (!('of' in aggregate)) {
      const what = aggregate.name === 'p' ? `p(${aggregate.percentile})` : aggregate.name
      return [{ kind: 'trend', ...about, of: 'good', expression: `${what}${operator}${bound / 1000}` }]
    }
    const { name, of } = aggregate
    if (name === 'rate' && of === 'good') return []
    return [{ kind: name === 'rate' ? 'rate' : 'counter', ...about, of, expression: `${name}${operator}${bound}` }]
  })
}
