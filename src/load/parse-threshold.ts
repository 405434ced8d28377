import { failureKinds } from '../report/load.js'
import { UsageError } from '../usage-error.js'
import { type Aggregate, operators, type Threshold } from './thresholds.js'

/** Units by what is measured: how many of what a Threshold counts in make one, as a power of ten. */
const timeUnits: Record<string, number> = { us: 0, µs: 0, μs: 0, ms: 3, s: 6 }
const aggregates = ['p', 'avg', 'min', 'med', 'max', 'count', 'rate'] as const

/**
 * Reads one threshold of k6's grammar: `[<phase>:]<aggregate><operator><number>[<unit>]`, with blanks wherever they help.
 * Aggregates: `p(N)`, `avg`, `min`, `med`, `max` of response times (units us, ms, s; without one ms); `count` and `rate` of good answers
 * (`/s`); `count(errors)`, `rate(errors)` of failures, or of one kind such as `rate(timeout)` (`%`, or a fraction without one).
 * Throws a UsageError that shows where it stopped making sense.
 */
export function parseThreshold(text: string): Threshold {
  const reader = new Reader(text)
  const phase = reader.take(/\s*([A-Za-z$][\w$./-]*)\s*:/)
  const aggregate = readAggregate(reader)
  const operator = reader.take(new RegExp(`\\s*(${operators.join('|')})`)) as Threshold['operator'] | undefined
  if (!operator) throw reader.error(`expected one of ${[...operators].sort().join(' ')}`)
  reader.take(/(\s*)/)
  const number = reader.take(/(\d+(?:\.\d+)?|\.\d+)/)
  if (!number) throw reader.error('expected a number')
  const power = readUnit(reader, aggregate)
  if (!reader.done()) throw reader.error('nothing more was expected here')
  return {
    text,
    ...(phase ? { phase } : {}),
    aggregate,
    operator,
    // As text, so that 0.3 % is the same number as 3 in 1000.
    bound: Number(`${number}e${power}`),
    unit: 10 ** power,
  }
}

function readAggregate(reader: Reader): Aggregate {
  reader.take(/(\s*)/)
  const at = reader.at
  const name = reader.take(/([A-Za-z]+)/) as (typeof aggregates)[number] | undefined
  if (!name || !aggregates.includes(name)) {
    reader.at = at
    throw reader.error(`expected one of ${aggregates.join(', ').replace('p,', 'p(N),')}`)
  }
  if (name === 'p') return { name, percentile: readPercentile(reader) }
  if (name !== 'count' && name !== 'rate') return { name }
  return { name, of: readSubject(reader) }
}

function readPercentile(reader: Reader): number {
  if (!reader.take(/\s*(\()/)) throw reader.error('expected "(" and a percentile, as in p(99)')
  reader.take(/(\s*)/)
  const at = reader.at
  const percentile = Number(reader.take(/(\d+(?:\.\d+)?)/))
  if (!(percentile <= 100)) {
    reader.at = at
    throw reader.error('expected a percentile from 0 to 100')
  }
  if (!reader.take(/\s*(\))/)) throw reader.error('expected ")"')
  return percentile
}

function readSubject(reader: Reader): 'good' | 'errors' | (typeof failureKinds)[number] {
  if (!reader.take(/\s*(\()/)) return 'good'
  reader.take(/(\s*)/)
  const at = reader.at
  const word = reader.take(/([a-z-]+)/)
  const subject = (['errors', ...failureKinds] as const).find((one) => one === word)
  if (!subject) {
    reader.at = at
    throw reader.error(`expected errors or a kind of failure: ${failureKinds.join(', ')}`)
  }
  if (!reader.take(/\s*(\))/)) throw reader.error('expected ")"')
  return subject
}

/** The power of ten of the unit that follows; without one that of the unit k6 assumes. */
function readUnit(reader: Reader, aggregate: Aggregate): number {
  reader.take(/(\s*)/)
  const at = reader.at
  const unit = reader.take(/(\/s|%|[A-Za-zµμ]+)/)
  const units = unitsOf(aggregate)
  const power = unit === undefined ? units[''] : Object.hasOwn(units, unit) ? units[unit] : undefined
  if (power !== undefined) return power
  reader.at = at
  if (unit === '%' && 'of' in aggregate && aggregate.of === 'good')
    throw reader.error(`${aggregate.name} counts good answers; for the share of failures write rate(errors)`)
  const known = Object.keys(units).filter((one) => one !== '' && one !== 'µs' && one !== 'μs')
  throw reader.error(known.length > 0 ? `expected ${known.join(', ')} or no unit` : 'a count has no unit')
}

function unitsOf(aggregate: Aggregate): Record<string, number> {
  if (!('of' in aggregate)) return { ...timeUnits, '': 3 }
  if (aggregate.name === 'count') return { '': 0 }
  return aggregate.of === 'good' ? { '/s': 0, '': 0 } : { '%': -2, '': 0 }
}

class Reader {
  at = 0
  constructor(private readonly text: string) {}

  /** Moves over what the pattern matches here and returns its first group; stays where it is when it does not match. */
  take(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern.source, 'y')
    sticky.lastIndex = this.at
    const match = sticky.exec(this.text)
    if (!match) return undefined
    this.at = sticky.lastIndex
    return match[1]
  }

  done(): boolean {
    this.take(/(\s*)/)
    return this.at === this.text.length
  }

  error(message: string): UsageError {
    this.take(/(\s*)/)
    const line = this.text.replaceAll(/\s/g, ' ')
    return new UsageError(`threshold "${line}": ${message}\n  ${line}\n  ${' '.repeat(this.at)}^`)
  }
}
