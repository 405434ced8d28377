import { figureWords } from './change-words.js'
import { oneLine } from './clean.js'
import { plural } from './figures.js'
import type { LoadFinding } from './load-verdict.js'
import type { Run } from './run.js'

/** What a stored run means for the gate: a figure that got worse beyond chance breaks it. */
export function judgePrevious({ previous }: Pick<Run, 'previous'>): LoadFinding[] {
  if (!previous) return []
  const worse = previous.loads.flatMap(({ figures }) => figures).filter(({ change }) => change === 'worse')
  const [first] = worse
  if (!first) return []
  const { phase, figure, before, after } = first
  const example = `${oneLine(phase)} ${figure} from ${figureWords(figure, before)} to ${figureWords(figure, after)}`
  const sentence = `${plural(worse.length, 'figure')} of the load got worse since ${oneLine(previous.file)}, such as ${example}.`
  return [{ grade: 'broken', sentence }]
}
