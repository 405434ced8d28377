import exec from 'k6/execution'
import type { Answer } from 'k6/http'
import http from 'k6/http'
import { mediaType } from '../../../wire/headers.js'
import { type Expectation, type Failure, judge, judgeTrouble } from '../../answer.js'
import { exampleMark } from '../marks.js'
import type { ScriptRequest } from '../script-plan.js'
import { filled, withoutCredentials } from './credentials.js'
import { clock, failed, good, goodAround, judge as judgeByThresholds, reconnects, sent } from './meters.js'
import { plan } from './plan.js'

const url = filled(plan.url)
const { ids, seconds, timeoutMs } = plan
let nextId = 0
let startedAt = 0
let connected = false
const shown = new Set<string>()

/** What came of a request: the answer where there was one, and why it failed. */
export interface Outcome {
  answer: Answer
  failure: Failure | undefined
}

/** Notes when the clock started, of which k6 tells in the scenario of the load alone. */
export function startClock(): void {
  if (startedAt > 0) return
  startedAt = exec.scenario.startTime
  clock.add(startedAt)
}

/** The next id of this user; no other user of any runner has it. */
export function takeId(): number {
  // Setup is user 0.
  if (nextId === 0 || nextId > ids.last) nextId = ids.first + exec.vu.idInTest
  const id = nextId
  nextId += ids.users + 1
  return id
}

/** Sends a request, has its answer judged, and counts it where the time is not up. */
export function exchange(phase: string, request: ScriptRequest, expected: Expectation, session?: string): Outcome {
  const id = String(expected.id ?? '')
  const method = expected.sent === 'delete' ? 'DELETE' : 'POST'
  const body = request.body.length === 0 ? null : request.body.join(id)
  // What is sent when time is up is in flight at the end; sessions are ended after it.
  if (expected.sent !== 'delete' || secondsNow() < seconds) sent.add(1)
  const params = { headers: headersOf(request, id, session), timeout: timeoutMs, redirects: 0, responseType: 'text' }
  const answer = http.request(method, url, body, params)
  const second = secondsNow()
  const failure = failureOf(answer, expected)
  if (answer.timings.connecting > 0 && connected && answer.error_code === 0) reconnects.add(1)
  connected = failure?.kind !== 'transport' && failure?.kind !== 'timeout'
  if (second >= seconds) return { answer, failure }
  count(phase, answer, failure, second)
  return { answer, failure }
}

/** Seconds since the clock started; less than none before. */
function secondsNow(): number {
  return startedAt > 0 ? Math.max(0, (Date.now() - startedAt) / 1000) : -1
}

function headersOf({ headers }: ScriptRequest, id: string, session: string | undefined): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') all[name] = value.join(id)
    else if (value !== '{session}') all[name] = value
    else if (session !== undefined) all[name] = session
  }
  return all
}

/** Why a request failed, by the same judgement as that of a local load. */
function failureOf(answer: Answer, expected: Expectation): Failure | undefined {
  const { status, error, error_code: code, headers } = answer
  // Statuses have codes of their own.
  const trouble = code !== 0 && (code < 1400 || code > 1599)
  const of = { sentAt: 0, firstByteAt: 0, firstEventAt: 0, endedAt: 0, bytes: 0 }
  if (trouble) return judgeTrouble({ kind: code === 1050 ? 'timeout' : 'transport', message: error }, expected)
  const fields = ['Content-Type', 'Location'].flatMap((name) =>
    headers[name] === undefined ? [] : [name, headers[name]],
  )
  const body = { toString: () => answer.body ?? '' } as Buffer
  return judge({ ...of, status, headers: fields, body }, expected)
}

function count(phase: string, answer: Answer, failure: Failure | undefined, second: number): void {
  const { duration, sending, waiting } = answer.timings
  const measured = phase === plan.told.method
  if (failure) {
    failed(phase, failure, second >= 0 && phase !== 'DELETE' ? second : undefined)
    show(phase, failure, answer, second)
  } else if (measured) good(second, duration, sending + waiting, formOf(answer))
  else goodAround(phase, duration)
  judgeByThresholds(phase, duration, failure)
}

function formOf({ headers }: Answer): 'json' | 'sse' {
  return mediaType(headers['Content-Type']) === 'text/event-stream' ? 'sse' : 'json'
}

/** Prints the first failure of a kind that this user meets, for the report. */
function show(phase: string, { kind, message }: Failure, { status }: Answer, second: number): void {
  if (shown.has(`${phase} ${kind}`)) return
  shown.add(`${phase} ${kind}`)
  const example = { phase, kind, second: Math.max(0, second), status, message: withoutCredentials(message) }
  console.error(`${exampleMark} ${encodeURIComponent(JSON.stringify(example))}`)
}
