import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { assume, describe, expect, expectResult } from './expect.js'
import { listenAgain, servedCalls } from './served-calls.js'

/** Methods of older revisions that 2026-07-28 took away, with params that were good. */
export const goneMethods: readonly (readonly [method: string, params: Record<string, unknown>])[] = [
  ['ping', {}],
  ['logging/setLevel', { level: 'error' }],
  ['resources/subscribe', { uri: 'gauntlet://nothing' }],
  ['resources/unsubscribe', { uri: 'gauntlet://nothing' }],
]

/** Headers of older revisions that mean nothing any more, with values as they looked. */
const oldValues = {
  'mcp-session-id': ['5f0c9f6e-8a63-4f0e-9a3c-0d6a3c1b7e52', '1'],
  'last-event-id': ['1', '5f0c9f6e-8a63-4f0e-9a3c-0d6a3c1b7e52_7'],
}

/** Every served call again with such a header, once per run; values that events of the server carried go first. */
export function answersToOldHeader(
  client: Client,
  header: keyof typeof oldValues,
): Promise<{ what: string; reply: Reply }[]> {
  return client.once(`answers to ${header}`, async () => {
    const survey = await client.survey()
    const seen = header === 'last-event-id' ? survey.steps.flatMap((step) => step.reply.lastEventId ?? []) : []
    const calls = await servedCalls(client)
    assume(calls.length > 0, 'a valid request is answered with a result')
    const [first, second] = [...seen.slice(0, 1), ...oldValues[header]] as [string, string]
    const asked = calls.map(async ({ method, params }, at) => {
      const value = at % 2 ? second : first
      const reply = await client.request(method, params, { headers: { [header]: value } })
      return { what: `${method} with ${header}: ${value}`, reply }
    })
    const [listened] = seen.length > 0 ? seen : oldValues[header]
    const listen = await listenAgain(client, { headers: { [header]: listened! } })
    const what = `subscriptions/listen with ${header}: ${listened}`
    return [...(await Promise.all(asked)), ...(listen ? [{ what, reply: listen }] : [])]
  })
}

/** Such a request must get its result, or its stream where it asks for a subscription. */
export function expectServedAsEver(reply: Reply, what: string): void {
  if (!what.startsWith('subscriptions/listen')) expectResult(reply, what)
  else expect(reply.ok && reply.isStream, `${what} must be answered with a stream`, 'an event stream', describe(reply))
}

/** GET or DELETE as an older client sends it must be answered with 405. */
export async function expectMethodGone(client: Client, method: 'GET' | 'DELETE'): Promise<void> {
  const old = { 'mcp-protocol-version': '2025-11-25', 'mcp-session-id': '5f0c9f6e-8a63-4f0e-9a3c-0d6a3c1b7e52' }
  const forms = [{ 'mcp-protocol-version': client.revision }, {}, old, { ...old, 'last-event-id': '1' }]
  const accept = 'text/event-stream'
  await Promise.all(
    forms.map(async (headers) => {
      const reply = await client.http({ method, headers: { accept, ...headers } })
      reply.close()
      assume(![0, 401, 403, 429, 502, 503, 504].includes(reply.status), `${method} reaches the server`, reply)
      const what = `${method} ${Object.keys(headers).join(', ') || 'without headers'}`
      expect(reply.status === 405, `${what} should be answered with 405`, 'HTTP 405', describe(reply))
    }),
  )
}
