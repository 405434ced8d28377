import {
  defineCheck,
  everyRevision,
  type Fault,
  intruders,
  isObject,
  letIn,
  request,
  signedIn,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A refused message is not carried out: no result in the refusal, none on a stream of the session',
  requirement: 'auth-token-validated-first',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Verify the token before the message is handed to the server; a refusal sent beside the work does not undo it.',
  async run(client) {
    const session = await signedIn(client)
    const stream = client.facts.getStream ? await session.get() : undefined
    const calls = client.tools.map(
      (tool) => () => request('tools/call', { name: tool.name, arguments: tool.arguments }),
    )
    const messages = [
      () => request(client.plainMethod),
      () => request('tools/list'),
      () => request('tools/call', { name: client.canary() }),
      ...calls,
    ]
    const asked = new Map<unknown, string>()
    for (const { name, identity } of intruders(client)) {
      for (const make of messages) {
        const message = make()
        asked.set(message.id, `${message.method} ${name}`)
        const reply = await session.post(message, {}, { identity, timeoutMs: 1000 })
        const leak = reply.messages.find((one) => isObject(one) && 'result' in one)
        expect(
          leak === undefined,
          `${asked.get(message.id)} got a result, HTTP ${reply.status}`,
          'no result',
          describe(reply),
        )
      }
    }
    await client.pause(100)
    stream?.close()
    const late = session.received.find(
      ({ message, channel }) =>
        isObject(message) && asked.has(message.id) && 'result' in message && channel !== 'answer',
    )
    expect(
      late === undefined,
      `${asked.get((late?.message as { id?: unknown })?.id)} was refused, yet carried out`,
      'no answer on a stream',
      late?.message,
    )
  },
  fault: () => {
    const hole: Fault = letIn((_request, shown, good) => shown !== undefined && shown !== good)()
    const bad = new WeakSet<object>()
    return {
      async request(seen) {
        const changed = await hole.request?.(seen)
        if (changed) bad.add(seen)
        return changed
      },
      async reply(reply, seen) {
        await hole.reply?.(reply, seen)
        return bad.has(seen) && seen.method === 'POST' ? { ...reply, status: 401 } : undefined
      },
    }
  },
})
