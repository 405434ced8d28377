import { describe, expect, it } from 'vitest'
import { loadVirtually, type VirtualLoad } from '../../test/support/virtual-load.js'
import { VirtualMcp } from '../../test/support/virtual-mcp.js'
import type { StreamHandlers, StreamRequest } from './stream.js'

type Open = NonNullable<VirtualLoad['openStream']>

/** Streams of a virtual server; `answer` says what becomes of each. */
function streams(answer: (on: StreamHandlers, number: number, request: StreamRequest) => void) {
  const requests: StreamRequest[] = []
  const closed: number[] = []
  const open: Open = (request, on) => {
    const number = requests.push(request) - 1
    answer(on, number, request)
    return () => closed.push(number)
  }
  return { requests, closed, open }
}

const profile = { streams: { count: 10 }, think: 0.1, stages: [{ seconds: 4, connections: 2 }] }

describe('held streams', () => {
  it('are opened one after another over half of the time, each in a session of its own, and let go of at the end', async () => {
    const server = new VirtualMcp({ sessions: true })
    const { requests, closed, open } = streams((on) => {
      on.held()
      on.event()
    })
    const { tally } = await loadVirtually(server, { profile, openStream: open })
    expect(tally.streams).toEqual({ asked: 10, held: 10, refused: 0, dropped: 0, events: 10, heard: 10 })
    expect(tally.seconds.map(({ streams }) => streams)).toEqual([5, 10, 10, 10])
    const sessions = requests.map(({ headers }) => headers.find(([name]) => name === 'Mcp-Session-Id')?.[1])
    expect(new Set(sessions).size).toBe(10)
    expect(sessions).not.toContain(undefined)
    expect(tally.sessions).toEqual({ opened: 12, lost: 0, closed: 12, left: 0 })
    expect(closed).toHaveLength(10)
    expect(tally.phases['tools/call']!.count).toBeGreaterThan(60)
  })

  it('can be more than a server bears', async () => {
    const { open } = streams((on, number) => (number < 7 ? on.held() : on.refused('too many', 503)))
    const { tally } = await loadVirtually(new VirtualMcp({ sessions: true }), { profile, openStream: open })
    expect(tally.streams).toMatchObject({ asked: 10, held: 7, refused: 3 })
    expect(tally.firstRefusal).toEqual({ held: 7, status: 503, message: 'too many' })
  })

  it('that the server drops are counted', async () => {
    const { open } = streams((on, number) => {
      on.held()
      if (number % 2 === 0) on.ended()
    })
    const { tally } = await loadVirtually(new VirtualMcp({ sessions: true }), { profile, openStream: open })
    expect(tally.streams).toMatchObject({ held: 10, dropped: 5 })
    expect(tally.seconds.at(-1)!.streams).toBe(5)
  })

  it('are asked for once where there are none, and the calls are measured', async () => {
    const { open, requests } = streams((on) => on.refused('no GET stream is offered', 405, true))
    const { tally } = await loadVirtually(new VirtualMcp(), { profile, openStream: open, mode: 'stateless' })
    expect(requests).toHaveLength(1)
    expect(tally.streams).toMatchObject({ asked: 1, held: 0, refused: 1 })
    expect(tally.firstRefusal).toMatchObject({ held: 0, status: 405 })
    expect(tally.phases['tools/call']!.count).toBeGreaterThan(60)
  })

  it('whose session could not be opened are refused', async () => {
    const server: VirtualMcp = new VirtualMcp({
      sessions: true,
      instead: ({ message }) =>
        message?.method === 'initialize' && server.mostSessions >= 8 ? { ms: 1, status: 503 } : undefined,
    })
    const { open } = streams((on) => on.held())
    const { tally } = await loadVirtually(server, { profile, openStream: open })
    expect(tally.streams).toMatchObject({ asked: 10, held: 6, refused: 4 })
    expect(tally.firstRefusal).toEqual({ held: 6, message: 'its session could not be opened' })
  })

  it('are subscriptions with ids of their own in mode modern, whatever thread opens them', async () => {
    const bodies = await Promise.all(
      [0, 1].map(async (index) => {
        const { open, requests } = streams((on) => on.held())
        const thread = { index, of: 2 }
        const modern = { mode: 'modern', revision: '2026-07-28', thread } as const
        const { tally } = await loadVirtually(new VirtualMcp(), { profile, openStream: open, ...modern })
        expect(tally.streams.held).toBe(5)
        return requests.map(({ body, headers }) => ({ body, method: headers.find(([name]) => name === 'Mcp-Method') }))
      }),
    )
    const all = bodies.flat()
    expect(new Set(all.map(({ body }) => (body as { id: number }).id)).size).toBe(10)
    expect(all[0]).toMatchObject({
      method: ['Mcp-Method', 'subscriptions/listen'],
      body: { method: 'subscriptions/listen', params: { notifications: { toolsListChanged: true } } },
    })
  })

  it('of two threads together are all of them', async () => {
    const runs = await Promise.all(
      [0, 1].map((index) => {
        const { open } = streams((on) => on.held())
        const load = { profile: { ...profile, streams: { count: 5 } }, openStream: open, thread: { index, of: 2 } }
        return loadVirtually(new VirtualMcp({ sessions: true }), load)
      }),
    )
    expect(runs.map(({ tally }) => tally.streams.held)).toEqual([3, 2])
  })
})
