import { oneLine } from './clean.js'
import { plural } from './figures.js'
import type { BaselineEntry, Known, Run } from './run.js'

/** What the baseline means for the gate: stale entries fail it; the sentences also tell of those that have expired. */
export interface BaselineFinding {
  stale: boolean
  sentences: string[]
}

/** Judges the baseline of a run. */
export function judgeBaseline({ baseline }: Pick<Run, 'baseline'>): BaselineFinding {
  if (!baseline) return { stale: false, sentences: [] }
  const { file, entries } = baseline
  const of = (state: string) => entries.filter((entry) => entry.state === state)
  const [stale, expired] = [of('stale'), of('expired')]
  const [isOrAre, them] = stale.length === 1 ? ['is', 'it'] : ['are', 'them']
  return {
    stale: stale.length > 0,
    sentences: [
      ...(stale.length > 0
        ? [
            `${plural(stale.length, 'entry', 'entries')} of ${oneLine(file)} ${isOrAre} stale: ${among(stale)} passes now; take ${them} out, or run with --update-baseline.`,
          ]
        : []),
      ...(expired.length > 0
        ? [
            `${plural(expired.length, 'entry', 'entries')} of ${oneLine(file)} expired: ${among(expired)}; mend what is broken, or give a new date.`,
          ]
        : []),
    ],
  }
}

/** An entry in one line: the check, and where it fails if the entry says so. */
export function entryName({ check, target, revision }: BaselineEntry): string {
  const where = [target, revision].filter((one) => one !== undefined)
  return oneLine(where.length > 0 ? `${check} (${where.join(', ')})` : check)
}

/** What is said beside a result that the baseline lists. */
export function knownWords({ reason, expires, expired }: Known): string {
  if (expired) return oneLine(`was excused until ${expires} (${reason}), which has passed`)
  return oneLine(expires ? `${reason} (until ${expires})` : reason)
}

function among(entries: readonly BaselineEntry[]): string {
  const names = entries.slice(0, 3).map(entryName)
  return entries.length > 3 ? `${names.join(', ')} and ${entries.length - 3} more` : names.join(', ')
}
