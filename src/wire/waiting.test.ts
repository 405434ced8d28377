import { expect, it } from 'vitest'
import { resultOf, sendJson, serveHttp, testPeer } from '../../test/support/servers.js'
import { Wire } from './http.js'
import { StreamableSession } from './streamable.js'

it('without a bound of the operator an answer is waited for longer, until the server is seen to have gone on', async () => {
  const { url } = await serveHttp(({ message }, answer) => {
    if (message.method === 'lost') return
    sendJson(answer, resultOf(message))
  })
  const peer = { ...testPeer(url), wire: new Wire() }
  const wire = peer.wire
  const early = performance.now() - 5500
  expect(wire.waiting.leftFor(early)).toBeGreaterThan(0)
  expect(wire.waiting.leftFor(performance.now() - 16_000)).toBe(0)
  expect(wire.waiting.leftFor(performance.now() - 1000)).toBeGreaterThan(3500)
  const session = await StreamableSession.open(peer, '2025-11-25')
  await session.request('ping')
  expect(wire.waiting.leftFor(early)).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(wire.waiting.leftFor(early)).toBe(0)
  await wire.close()
})

it('what the operator said is the bound', () => {
  const wire = new Wire({ timeoutMs: 1000 })
  expect(wire.waiting.leftFor(performance.now() - 1001)).toBe(0)
})
