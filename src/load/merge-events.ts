import { addTally } from './add-tally.js'
import { addHistogram } from './histogram.js'
import { addSecond } from './seconds.js'
import { addErrors, emptyStretch, emptyTally, type GeneratorEvent, type StageTally, type Tally } from './tally.js'

type Event<Type extends GeneratorEvent['type']> = Extract<GeneratorEvent, { type: Type }>

/** Makes one event of the events of the same kind and number that generators told side by side; at least one is needed. */
export function mergeEvents(events: readonly GeneratorEvent[]): GeneratorEvent {
  const [first] = events
  if (!first) throw new Error('no events to merge')
  if (first.type === 'opened') return mergeOpened(events as Event<'opened'>[])
  if (first.type === 'second') return mergeSeconds(events as Event<'second'>[])
  if (first.type === 'stage')
    return { ...first, tally: mergeStages((events as Event<'stage'>[]).map(({ tally }) => tally)) }
  return { type: 'done', tally: mergeTallies((events as Event<'done'>[]).map(({ tally }) => tally)) }
}

function mergeOpened(events: Event<'opened'>[]): GeneratorEvent {
  return {
    type: 'opened',
    sessions: events.reduce((sum, { sessions }) => sum + sessions, 0),
    seconds: Math.max(...events.map(({ seconds }) => seconds)),
  }
}

function mergeSeconds(events: Event<'second'>[]): GeneratorEvent {
  return {
    ...events[0]!,
    second: events.map(({ second }) => second).reduce(addSecond),
    secondsLeft: Math.max(...events.map(({ secondsLeft }) => secondsLeft)),
  }
}

function mergeStages(tallies: StageTally[]): StageTally {
  const sum: StageTally = { ...emptyStretch(), seconds: 0 }
  for (const { count, failed, errors, seconds, latency } of tallies) {
    sum.count += count
    sum.failed += failed
    addErrors(sum.errors, errors)
    sum.seconds = Math.max(sum.seconds, seconds)
    addHistogram(sum.latency, latency)
  }
  return sum
}

function mergeTallies(tallies: Tally[]): Tally {
  const sum = emptyTally(tallies[0]!.startedAt)
  for (const tally of tallies) addTally(sum, tally)
  return sum
}
