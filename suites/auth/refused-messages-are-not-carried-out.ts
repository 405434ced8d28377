import {
  defineCheck,
  everyRevision,
  type Fault,
  intruders,
  isObject,
  isResponse,
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
    const stream = client.facts.getStream && (await session.get())
    const calls = client.tools.map(({ name, arguments: args }) => ({ name, arguments: args }))
    const messages = [
      ...[client.plainMethod, 'tools/list'].map((method) => () => request(method)),
      ...[{ name: client.canary() }, ...calls].map((call) => () => request('tools/call', call)),
    ]
    const asked = new Map<unknown, string>()
    for (const { name, identity } of intruders(client)) {
      for (const make of messages) {
        const message = make()
        const what = `${message.method} ${name}`
        asked.set(message.id, what)
        const reply = await session.post(message, {}, { identity, timeoutMs: 1000 })
        const leaks = reply.messages.some((one) => isObject(one) && 'result' in one)
        expect(!leaks, `${what} got a result, HTTP ${reply.status}`, 'no result', describe(reply))
      }
    }
    await client.pause(100)
    if (stream) stream.close()
    const results = session.received.filter(({ channel }) => channel !== 'answer').map(({ message }) => message)
    const late = results.filter(isResponse).find((message) => asked.has(message.id) && 'result' in message)
    expect(late === undefined, `${asked.get(late?.id)} was refused, yet carried out`, 'no answer on a stream', late)
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
