import { sleep } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import type { Expectation } from '../../answer.js'
import { figuresOf, linesOf } from '../figures.js'
import { filledRequest, needCredentials } from './credentials.js'
import { exchange, type Outcome, startClock, takeId } from './exchange.js'
import { asked, closed, lost, opened, thresholdOptions } from './meters.js'
import { plan } from './plan.js'

/** A session of a user; without an id where the server issues none. */
interface Session {
  id?: string
}

/** What setup hands to all users. */
interface Shared {
  session?: Session
}

// k6 would count statuses as failures that are right answers.
http.setResponseCallback(null)

export const options = {
  scenarios: plan.scenarios,
  thresholds: thresholdOptions(),
  // Tags that nobody reads cost time in every request.
  systemTags: ['scenario'],
  summaryTrendStats: ['count'],
}

const { told, think } = plan
const calls = plan.calls.map(filledRequest)
const opening = plan.opening && filledRequest(plan.opening)
const confirming = plan.opened && filledRequest(plan.opened)
const parting = plan.ending && filledRequest(plan.ending)
const perRequest = told.session === 'per-request' && opening !== undefined
const keeps = told.mode === 'stateful' && !perRequest
const leaves = told.profile.afterwards === 'leave'
let session: Session | undefined
let turn = 0
let begun = false
let pauseSeconds = 0

/** Once per runner: the session that all share, and which part of the load this runner makes. */
export function setup(): Shared & { segment: string } {
  needCredentials()
  const shared = keeps && told.session === 'shared' ? greet(true) : undefined
  return { segment: exec.test.options.executionSegment ?? '0:1', ...(shared ? { session: shared } : {}) }
}

/** Ends the session that all shared. */
export function teardown({ session: shared }: Shared): void {
  if (shared && !leaves) part(shared)
}

/** Before the clock starts: a session for this user. They come one after another. */
export function open(): void {
  const { users } = plan.ids
  sleep(((exec.vu.idInTest - 1) / users) * Math.max(0, told.openingSeconds - 2))
  session = greet(true)
}

/** One request of the measured time, with what belongs to it. */
export function load({ session: shared }: Shared): void {
  startClock()
  if (!begun && think > 0) sleep((think * (exec.vu.idInTest - 1)) / plan.ids.users)
  if (!begun) session ??= shared
  begun = true
  if (keeps) session ??= greet(false)
  const own = perRequest ? greet(false) : session
  if ((keeps || perRequest) && !own) return rest()
  const { failure } = call(own ?? {})
  if (failure?.kind === 'session-lost') {
    lost.add(1)
    session = undefined
  } else if (perRequest && !leaves && own) part(own)
  if (failure?.kind === 'transport') rest()
  else pauseSeconds = 0
  if (think > 0) sleep(think)
}

/** After the time: ends this user's session. */
export function end(): void {
  if (session) part(session)
}

/** What this runner saw, in lines that `mcp-gauntlet report --from-k6` reads. */
export function handleSummary(data: Parameters<typeof figuresOf>[1]): Record<string, string> {
  const figures = figuresOf(told, data)
  const hint = 'Read this output with: mcp-gauntlet report --from-k6 <file>...'
  const file = __ENV.MCP_GAUNTLET_FIGURES
  return { stdout: `${linesOf(figures).join('\n')}\n${hint}\n`, ...(file ? { [file]: JSON.stringify(figures) } : {}) }
}

/** Opens a session; undefined where that failed. */
function greet(isFirst: boolean): Session | undefined {
  if (isFirst) asked.add(1)
  const expected: Expectation = {
    sent: 'request',
    id: takeId(),
    session: false,
    modern: told.mode === 'modern',
    canary: '',
  }
  const { answer, failure } = exchange('initialize', opening!, expected)
  if (failure) return undefined
  const id = answer.headers['Mcp-Session-Id']
  if (id !== undefined) opened.add(1)
  const confirmed = exchange(
    'notifications/initialized',
    confirming!,
    { sent: 'notification', session: id !== undefined },
    id,
  )
  if (confirmed.failure?.kind !== 'session-lost') return id === undefined ? {} : { id }
  lost.add(1)
  return undefined
}

function call({ id: sessionId }: Session): Outcome {
  const request = calls[turn]!
  turn = (turn + 1) % calls.length
  const id = takeId()
  const canary = request.echoes ? `canary-${id}` : ''
  const expected: Expectation = {
    sent: 'request',
    id,
    session: sessionId !== undefined,
    modern: told.mode === 'modern',
    canary,
  }
  return exchange(told.method, request, expected, sessionId)
}

function part({ id }: Session): void {
  if (id === undefined || !parting) return
  const { answer, failure } = exchange('DELETE', parting, { sent: 'delete', session: true }, id)
  if (failure?.kind === 'session-lost') lost.add(1)
  else if (!failure && answer.status !== 405) closed.add(1)
}

/** A user that cannot reach the server tries again after a growing pause, as connections of a local load do. */
function rest(): void {
  if (told.profile.loop === 'open') return
  pauseSeconds = Math.min(1, pauseSeconds * 2 || 0.1)
  sleep(pauseSeconds)
}
