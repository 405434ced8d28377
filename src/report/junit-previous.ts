import { figureWords } from './change-words.js'
import { oneLine } from './clean.js'
import { caseOf, type Tally, tallyOf } from './junit-load.js'
import type { Run } from './run.js'
import { attributes } from './xml.js'

/** A suite per load that a stored run has too, with a case per figure: one that got worse beyond chance fails. */
export function previousSuites({ previous }: Run): { suites: string[]; tally: Tally } {
  if (!previous) return { suites: [], tally: tallyOf([]) }
  const groups = previous.loads.map(({ name, figures }) => ({
    name: oneLine(`since ${previous.file}: ${name}`),
    cases: figures.map(({ phase, figure, before, after, change }) => {
      const message = `from ${figureWords(figure, before)} to ${figureWords(figure, after)}`
      const wrong = change === 'worse' ? { wrong: { kind: 'failure' as const, message, type: 'regression' } } : {}
      return { name: `${oneLine(phase)} ${figure} is not worse`, ...wrong }
    }),
  }))
  const suites = groups.map(({ name, cases }) => {
    const head = attributes({ name, ...tallyOf(cases), time: '0.000' })
    return `  <testsuite${head}>\n${cases.map((one) => caseOf(name, one)).join('')}  </testsuite>\n`
  })
  return { suites, tally: tallyOf(groups.flatMap(({ cases }) => cases)) }
}
