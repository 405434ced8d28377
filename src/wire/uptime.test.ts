import { expect, it } from 'vitest'
import { deadUrl, serveHttp } from '../../test/support/servers.js'
import type { Account } from './exchange.js'
import { Memory } from './memory.js'
import { Reply } from './reply.js'
import { Uptime } from './uptime.js'

const account: Account = () => ({ request: { method: 'POST', url: 'http://a/', headers: [] }, ms: 1 })

/** A server that has answered once, and a way to have requests to it broken off. */
function watched(url: string) {
  const uptime = new Uptime()
  uptime.watch(url)
  uptime.awaited = true
  const begun = () => {
    const reply = new Reply(performance.now(), new Memory(1000), () => {})
    uptime.begin(url, reply, account)
    return reply
  }
  const answered = begun()
  answered.head(200, [])
  answered.end('complete')
  const reset = (reply: Reply) => {
    reply.lastRead = performance.now()
    uptime.drop(1)
    reply.end('failed', { kind: 'reset', message: 'closed' })
  }
  return { uptime, begun, reset }
}

const up = async () => (await serveHttp((_, answer) => answer.end())).url

it('a request that is refused by closing its connection is no end of the server', async () => {
  const { uptime, begun, reset } = watched(await up())
  for (const reply of [begun(), begun(), begun()]) reset(reply)
  await Promise.resolve()
  await uptime.settled()
  expect([uptime.life, uptime.crashes, uptime.isLost(0)]).toEqual([0, [], false])
})

it('a process among several that dies takes idle connections along: what is left goes on', async () => {
  const { uptime, begun, reset } = watched(await up())
  const replies = [begun(), begun()]
  for (let idle = 0; idle < 3; idle++) uptime.drop(20)
  for (const reply of replies) reset(reply)
  await Promise.resolve()
  await uptime.settled()
  expect(uptime.crashes).toMatchObject([{ after: 'went on', inFlight: [account, account] }])
  expect([uptime.over, uptime.isLost(0), uptime.isLost(1)]).toEqual([false, true, false])
})

it('connections closed for idleness are no sign of a death', async () => {
  const { uptime, begun, reset } = watched(await up())
  for (let idle = 0; idle < 5; idle++) uptime.drop(5000)
  reset(begun())
  await Promise.resolve()
  await uptime.settled()
  expect(uptime.life).toBe(0)
})

it('a server whose process has ended is not waited for; the request in flight is named, what came after it is not', async () => {
  const url = await deadUrl()
  const { uptime, begun, reset } = watched(url)
  uptime.watch(url, { ended: Promise.resolve('exit code 7'), output: async () => 'fatal' })
  const gone = uptime.end
  reset(begun())
  await gone
  await uptime.settled()
  expect(uptime.crashes).toMatchObject([{ after: 'stayed away', how: 'exit code 7', output: 'fatal' }])
  expect([uptime.over, uptime.isLost(undefined)]).toEqual([true, true])
})
