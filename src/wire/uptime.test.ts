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
