import { type Dialect, dialectOf } from '../dialect.js'
import type { LoadPlan } from '../plan.js'
import type { CallBytes } from '../request.js'
import type { ScriptCall, ScriptRequest } from './script-plan.js'

/** The session that stands for any. */
const session = '{session}'

/** An id that no text of a user's holds by chance. */
const someId = 1_987_654_321

/** Header fields that k6 adds by itself. */
const added = ['host', 'content-length']

/** What a load's requests are made of, taken from the very bytes that a local load sends. */
export function scriptRequests(plan: LoadPlan): {
  calls: ScriptCall[]
  opening?: ScriptRequest
  opened?: ScriptRequest
  ending?: ScriptRequest
} {
  const dialect: Dialect = dialectOf(plan)
  const within = plan.mode === 'stateful' || plan.session === 'per-request' ? { id: session } : {}
  const greets =
    dialect.greeting && (dialect.handshake || plan.session === 'per-request') ? dialect.greeting : undefined
  const ending = greets && dialect.ending({ id: session })
  return {
    calls: plan.requests.map((request) => ({
      ...requestOf(dialect.call(request, within)),
      echoes: request.echoes === true,
    })),
    ...(greets ? { opening: requestOf(greets.opening()), opened: requestOf(greets.opened({ id: session })) } : {}),
    ...(ending ? { ending: requestOf(ending) } : {}),
  }
}

function requestOf(sent: CallBytes | Buffer): ScriptRequest {
  const bytes = Buffer.isBuffer(sent) ? sent : sent.with(someId)
  const end = bytes.indexOf('\r\n\r\n')
  const [, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const body = bytes.subarray(end + 4).toString()
  const headers: ScriptRequest['headers'] = {}
  for (const line of lines) {
    const at = line.indexOf(': ')
    const name = line.slice(0, at)
    const value = line.slice(at + 2).split(String(someId))
    const before = headers[name]
    // k6 takes each name once; a list is the same to HTTP.
    if (before !== undefined) headers[name] = `${before}, ${value.join('')}`
    else if (!added.includes(name.toLowerCase())) headers[name] = value.length > 1 ? value : value[0]!
  }
  return { headers, body: body === '' ? [] : body.split(String(someId)) }
}
