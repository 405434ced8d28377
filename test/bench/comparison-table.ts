import type { ComparedMetric, ComparedValue, Comparison, Ratio, Trial } from '../../src/report/comparison.js'
import { ms, perSecond, plural, seconds } from '../../src/report/figures.js'
import { loopWords } from '../../src/report/load-shape.js'

/** What a comparison was made on. */
export interface Machine {
  processor: string
  cores: number
  memoryGiB: number
  system: string
  node: string
  /** How much there was to do for each core in the minute before: below a third, the machine was quiet. */
  busy: number
  /** The day, YYYY-MM-DD. */
  day: string
}

/** A comparison as a table in Markdown with the machine and the method below it. Its targets are named by their mode. */
export function comparisonTable(comparison: Comparison, machine: Machine): string {
  const modes = comparison.targets.map(({ mode }) => mode)
  const [first, ...others] = modes
  const heads = ['', ...modes, ...others.map((mode) => `${mode} / ${first}`)]
  const rows = comparison.trials.flatMap((trial) =>
    trial.values.map((value) => [`${titles[value.metric]}${where(trial)}`, ...figures(value), ...ratios(value)]),
  )
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .concat('', method(comparison), '', ground(machine))
    .join('\n')
}

const titles: Record<ComparedMetric, string> = {
  throughput: 'answers per second',
  p50: 'p50, ms',
  p95: 'p95, ms',
  p99: 'p99, ms',
  'server-cpu': "server's CPU per answer, ms",
  'session-memory': 'memory that an open session keeps, KiB',
}

function where(trial: Trial): string {
  return trial.leaves ? '' : ` (${trial.loop === 'open' ? `${perSecond(trial.rate ?? 0)}/s` : trial.loop})`
}

function figures({ unit, values }: ComparedValue): string[] {
  return values.map((value) => (value === null ? '–' : unit === '/s' ? perSecond(value) : ms(value)))
}

/** Each ratio with its interval, bold where it shows a difference. */
function ratios({ ratios }: ComparedValue): string[] {
  return ratios.slice(1).map((one) => (one ? ratioWords(one) : '–'))
}

function ratioWords({ ratio, low, high, shown }: Ratio): string {
  const words = ratio.toFixed(2)
  const range = low === undefined || high === undefined ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`
  return `${shown ? `**${words}**` : words}${range}`
}

function method({ method, tool, trials, seconds: all }: Comparison): string {
  const tried = trials.map((trial) => {
    const rounds = `${plural(trial.rounds, 'round')} of ${seconds(trial.seconds)}`
    return trial.leaves ? `sessions left open, ${rounds}` : `${loopWords(trial)}, ${rounds}`
  })
  const limited = trials.flatMap((trial) => trial.limited ?? [])
  const asked = tool ? `${method} of ${tool}` : method
  return `${asked} on each in turn (A B C C B A …), ${seconds(all)} in all: ${tried.join('; ')}. Ratios with their 95 % intervals, bold where they show a difference.${limited.map((words) => ` ${words}`).join('')}`
}

function ground({ processor, cores, memoryGiB, system, node, busy, day }: Machine): string {
  const noise =
    busy < 1 / 3
      ? ''
      : ` It was not quiet: there was ${busy.toFixed(1)} times as much to do as it has cores; these figures are provisional.`
  return `Machine: ${processor}, ${plural(cores, 'core')}, ${memoryGiB} GiB, ${system}, Node ${node}; client and server on the same one, in processes of their own. ${day}.${noise}`
}

const [begin, end] = ['<!-- comparison: written by npm run reports:compare -->', '<!-- end of comparison -->']

/** A text with what stands between the marks of the comparison replaced. Throws when it has none. */
export function withTable(text: string, table: string): string {
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`the text has no place for the table: ${begin} … ${end}`)
  return `${before}${begin}\n\n${table}\n\n${end}${after}`
}
