import type { FailureKind } from '../../report/load.js'
import { failureKinds } from '../../report/load.js'
import { UsageError } from '../../usage-error.js'
import { isObject, parseJson } from '../../wire/jsonrpc.js'
import { parseThreshold } from '../parse-threshold.js'
import type { Profile } from '../profile.js'
import { checkedProfile, sharedProfileShape } from '../profile-shape.js'
import type { RunnerFigures } from './figures.js'
import { figuresShape } from './figures-shape.js'
import { exampleMark, figuresMark } from './marks.js'

/** The first failure of a kind that some user of a runner met. */
export interface RunnerExample {
  phase: string
  kind: FailureKind
  second: number
  message: string
  status?: number
}

/** The lines of a runner that were found, by number. */
interface Pieces {
  of: number
  texts: Map<number, string>
}

/** What k6 printed, or wrote into a file, as far as it is about the load. */
export interface PrintedFigures {
  runners: RunnerFigures[]
  examples: RunnerExample[]
}

const piece = new RegExp(`${figuresMark} (\\w+) (\\d+)/(\\d+) (.*)$`)
const example = new RegExp(`${exampleMark} ([\\w%.~!*'()-]+)`)

/**
 * Reads the figures of runners from a log, whatever stands between and before its lines, or from the file that a runner wrote. `source` names it in
 * errors: a UsageError where it holds none, or not all of them.
 */
export function readFigures(text: string, source: string): PrintedFigures {
  const whole = text.trimStart().startsWith('{') ? parseJson(text) : undefined
  if (isObject(whole) && 'k6Figures' in whole) return { runners: [checked(whole, source)], examples: [] }
  const pieces = new Map<string, Pieces>()
  const examples: RunnerExample[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, runner, number, of, content] = piece.exec(line) ?? []
    if (runner) {
      const own = pieces.get(runner) ?? { of: Number(of), texts: new Map() }
      own.texts.set(Number(number), content ?? '')
      pieces.set(runner, own)
    }
    const [, failure] = example.exec(line) ?? []
    const found = failure ? exampleIn(failure) : undefined
    if (found) examples.push(found)
  }
  if (pieces.size === 0)
    throw new UsageError(
      `${source} holds no figures of k6: give what a script of mcp-gauntlet export k6 printed to its end, or the file it wrote`,
    )
  return { runners: [...pieces].map(([runner, own]) => joined(runner, own, source)), examples }
}

function joined(runner: string, { of, texts }: Pieces, source: string): RunnerFigures {
  if (texts.size !== of)
    throw new UsageError(
      `${source}: the figures of runner ${runner} are cut off, ${texts.size} of ${of} lines are there`,
    )
  const inOrder = [...texts].sort(([one], [other]) => one - other)
  return checked(parseJson(inOrder.map(([, text]) => text).join('')), source)
}

function checked(value: unknown, source: string): RunnerFigures {
  const { success, error, data } = figuresShape.safeParse(value)
  if (!success) {
    const { path, message } = error.issues[0]!
    throw new UsageError(`${source}: the figures of k6 in it cannot be read (${path.join('.')}: ${message})`)
  }
  // A staircase has the stages that a search would make.
  const { capacity, ...profile } = (isObject(data.plan.profile) ? data.plan.profile : {}) as Partial<Profile>
  checkedProfile(profile, source, sharedProfileShape)
  if (capacity) checkedProfile({ ...profile, capacity, stages: [] }, source, sharedProfileShape)
  data.plan.thresholds.forEach(parseThreshold)
  return value as RunnerFigures
}

function exampleIn(text: string): RunnerExample | undefined {
  try {
    const value = JSON.parse(decodeURIComponent(text))
    const known = isObject(value) && failureKinds.some((kind) => kind === value.kind)
    return known && typeof value.message === 'string' ? (value as unknown as RunnerExample) : undefined
  } catch {
    return undefined
  }
}
