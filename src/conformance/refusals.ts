import { newestModern } from '../protocol/revisions.js'
import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Payload, Session } from '../wire/session.js'
import { advise, describe, expect } from './expect.js'

/** What a server may do beside refusing a message that is broken. */
export interface Leniency {
  /** `allowed`: it may take the message and say nothing; `poor`: that is a warning. Default: a violation. */
  silence?: 'allowed' | 'poor'
  /** The same for serving the message as if it were sound. */
  result?: 'allowed' | 'poor'
  /** It may fail over the message: HTTP 5xx is a warning then, whatever code comes with it. */
  failure?: 'poor'
}

/**
 * A message that is broken must be refused: by a plain HTTP 4xx, or by a JSON-RPC error with one of the codes. Over HTTP+SSE, where the
 * POST is taken before the message is read, silence is no breach.
 */
export async function expectRefusal(
  session: Session,
  body: Payload,
  codes: number[],
  what: string,
  leniency: Leniency = {},
): Promise<void> {
  const reply = await session.post(body)
  const expected = `a JSON-RPC error with the code ${codes.join(' or ')}, or HTTP 4xx without any`
  expect(reply.status !== 0 && reply.ended !== 'timeout', `${what} was not answered`, expected, describe(reply))
  const inOrder = () => advise(reply.status < 500, `${what} made the server fail`, expected, describe(reply))
  if (leniency.failure === 'poor') inOrder()
  const error = rpcError(reply)
  if (error && takenForOlder(session, reply)) return
  if (error) expect(codes.includes(error.code), `${what} was answered with the wrong code`, expected, describe(reply))
  // What code the error has is the rule; that it is no HTTP 5xx is good order.
  inOrder()
  if (error) return
  if (reply.status >= 400) return
  if (reply.response) return grade(leniency.result, `${what} was served`, expected, reply)
  if (session.transport !== 'http+sse') grade(leniency.silence, `${what} was taken without an error`, expected, reply)
}

/**
 * Each of the messages must be refused. Over HTTP+SSE all are sent at once and judged in their order: silence, which is allowed there, is
 * waited for once.
 */
export async function expectRefusals(
  session: Session,
  messages: readonly { what: string; body: Payload; codes: number[]; leniency: Leniency }[],
): Promise<void> {
  const refuse = (one: (typeof messages)[number]) => expectRefusal(session, one.body, one.codes, one.what, one.leniency)
  if (session.transport !== 'http+sse') {
    for (const one of messages) await refuse(one)
    return
  }
  const judged = await Promise.allSettled(messages.map(refuse))
  const broken = judged.find((one) => one.status === 'rejected')
  if (broken) throw broken.reason
}

/** A server of two eras may take what it cannot read for a message of the older one, and miss first of all its session or version. */
function takenForOlder({ revision }: Session, { status, text }: Reply): boolean {
  return revision >= newestModern && status === 400 && /session id|protocol version/i.test(text)
}

function grade(leniency: 'allowed' | 'poor' | undefined, what: string, expected: string, reply: Reply): void {
  if (leniency === 'poor') advise(false, what, expected, describe(reply))
  expect(leniency === 'allowed', what, expected, describe(reply))
}

/** The JSON-RPC error of a reply; other JSON with a member called error, as HTTP frameworks send it with a 4xx, is none. */
function rpcError(reply: Reply): Record<string, any> | undefined {
  const { response } = reply
  if (!response || !('error' in response)) return undefined
  const error = isObject(response.error) ? response.error : {}
  return reply.status < 400 || response.jsonrpc !== undefined || Number(error.code) < 0 ? error : undefined
}
