import { oneLine } from './clean.js'
import type { Comparison, Trial } from './comparison.js'
import { ratioSentence, subjects, takesPart } from './comparison-words.js'
import { loopWords } from './load-shape.js'
import type { LoadFinding } from './load-verdict.js'

/**
 * Judges one comparison: it holds when every server gave good answers in every trial. Which of them is better breaks no gate. The sentence is
 * that of the throughput of the first trial, with what qualifies it.
 */
export function judgeComparison(comparison: Comparison): LoadFinding {
  const names = subjects(comparison)
  if (comparison.obstacle) return { grade: 'nothing', sentence: oneLine(comparison.obstacle, 400) }
  if (comparison.trials.length === 0)
    return { grade: 'nothing', sentence: 'Nothing was compared: no round was finished.' }
  for (const trial of comparison.trials) {
    const missing = trial.sides.findIndex(({ good }, at) => good === 0 && takesPart(trial, comparison.targets[at]!))
    if (trial.obstacle) return { grade: 'nothing', sentence: `${nameOf(trial)}: ${oneLine(trial.obstacle, 400)}` }
    if (missing >= 0) return { grade: 'nothing', sentence: `${nameOf(trial)}: ${names[missing]} gave no good answer.` }
  }
  const first = comparison.trials.find((trial) => trial.loop === 'closed') ?? comparison.trials[0]!
  const words = names
    .slice(1)
    .map((_, at) => found(first, at + 1, names))
    .join('; ')
  return { grade: 'held', sentence: `${words.replace(/^no /, 'No ')} (${nameOf(first)}).${limit(first)}` }
}

function found(trial: Trial, at: number, names: readonly string[]): string {
  const throughput = trial.values.find((one) => one.metric === 'throughput')
  const words = throughput && ratioSentence(throughput, at, names)
  if (!words) return `throughput of ${names[at]} and ${names[0]} could not be compared`
  if (words.startsWith('no difference'))
    return `no difference in throughput was shown between ${names[0]} and ${names[at]}`
  if (names.length === 2 || !/ as much$/.test(words)) return words
  // Of several, the sentence must say than whom.
  return `${words} as ${words.startsWith(`${names[at]} `) ? names[0] : names[at]}`
}

function nameOf(trial: Trial): string {
  return trial.leaves ? 'sessions left open' : loopWords(trial)
}

function limit({ limited }: Trial): string {
  return limited ? ' Mind the generator: the servers may differ by more.' : ''
}
