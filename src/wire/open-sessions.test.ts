import { expect, it } from 'vitest'
import { greeting, resultOf, sendJson, serveHttp, testPeer } from '../../test/support/servers.js'
import { StreamableSession } from './streamable.js'

/** A server that counts the sessions that are open on it; `openingMs` is how long it takes to open one. */
async function counting(openingMs = 0, ended = 204) {
  const open = new Set<string>()
  let last = 0
  const { url, seen } = await serveHttp(({ method, message, headers }, answer) => {
    if (method === 'DELETE') {
      open.delete(String(headers['mcp-session-id']))
      return void answer.writeHead(ended).end()
    }
    if (message.method !== 'initialize') return void sendJson(answer, resultOf(message))
    setTimeout(() => {
      open.add(`s${++last}`)
      sendJson(answer, greeting(message), { 'mcp-session-id': `s${last}` })
    }, openingMs)
  })
  const deletes = () => seen.filter(({ method }) => method === 'DELETE').map(({ headers }) => headers)
  return { url, open, deletes }
}

const credentials: [string, string][] = [['authorization', 'Bearer token']]
const opened = (peer: ReturnType<typeof testPeer>) => StreamableSession.open(peer, '2025-11-25')

it('closing the wire ends the sessions that are open, with the credentials that opened them', async () => {
  const { url, open, deletes } = await counting()
  const peer = testPeer(url, { credentials })
  await Promise.all([opened(peer), opened(peer), opened(peer)])
  expect(open.size).toBe(3)
  await peer.wire.close()
  expect(open.size).toBe(0)
  expect(deletes().map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer token'))
})

it('a session that is being opened meanwhile is ended too', async () => {
  const { url, open } = await counting(100)
  const peer = testPeer(url)
  const opening = opened(peer)
  await expect.poll(() => peer.exchanges.length).toBe(1)
  await peer.wire.close()
  await opening
  expect(open.size).toBe(0)
})

it.each([204, 404, 405])('no session is ended twice, though the answer is %i', async (status) => {
  const { url, deletes } = await counting(0, status)
  const peer = testPeer(url)
  const session = await opened(peer)
  await Promise.all([session.close(), peer.wire.close()])
  await peer.wire.close()
  expect(deletes()).toHaveLength(1)
})

it('nothing further is sent once the wire is closed', async () => {
  const { url, open } = await counting()
  const peer = testPeer(url)
  await peer.wire.close()
  const session = await opened(peer)
  expect([session.opening.status, session.opening.ended, open.size]).toEqual([0, 'closed', 0])
})

it('a server that asks for patience holds nobody up once the wire is closed', async () => {
  const { url } = await serveHttp((_, answer) => void answer.writeHead(429, { 'retry-after': '9' }).end())
  const peer = testPeer(url)
  const started = performance.now()
  const opening = opened(peer)
  await expect.poll(() => peer.wire.pace.refused).toBe(1)
  await peer.wire.close()
  expect((await opening).opening.ended).toBeDefined()
  expect(performance.now() - started).toBeLessThan(8000)
})
