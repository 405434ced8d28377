import type { EventStream } from '../core/event-stream.js'
import { severity } from '../core/session.js'
import { type Fault, isCall, must, should } from './fault.js'
import { ended } from './of-memory.js'

/** Faults of what a server keeps of its streams. */
export const standingStreamFaults: Fault[] = [
  must('sse/ids-wrap', 'sse-event-id-unique', 'FS LS', 'event ids begin again after eight streams', (base) => {
    const numbers = new WeakMap<EventStream, number>()
    let next = 0
    return {
      eventId(stream, index) {
        if (base.eventId(stream, index) === undefined) return undefined
        const number = numbers.get(stream) ?? next++ % 8
        numbers.set(stream, number)
        return `${number}-${index}`
      },
    }
  }),
  must(
    'sse/replay-of-other-sessions',
    'sse-replay-same-stream-only',
    'FS',
    'an event id of another session resumes its stream',
    (base) => ({
      opened(stream, session, ex) {
        const last = ex.req.headers['last-event-id']
        for (const other of ex.world.sessions.values()) {
          if (other === session || last === undefined) continue
          for (const one of other.streams) {
            const at = one.log.findIndex((event) => event.id === last)
            if (at >= 0) stream.again(one.log.slice(at + 1))
          }
        }
        base.opened(stream, session, ex)
      },
    }),
  ),
  must(
    'sse/replays-what-get-said',
    'sse-replay-same-stream-only',
    'FS',
    'a resumed call also gets what was sent on GET',
    (base) => ({
      replay(stream, after, session) {
        const beside = session.streams.filter((one) => one.kind === 'get' && one !== stream).flatMap((one) => one.log)
        return [...base.replay(stream, after, session), ...(stream.kind === 'post' ? beside : [])]
      },
    }),
  ),
  must('sse/replay-counts-anew', 'sse-event-id-unique', 'FS', 'a replay counts its events from zero', (base) => ({
    replay: (stream, after, session) =>
      base.replay(stream, after, session).map((event, index) => ({ ...event, id: `${stream.key}.${index}` })),
  })),
  should(
    'sse/replay-ids-lead-nowhere',
    'sse-event-id-encodes-stream',
    'FS',
    'a replay gives ids that the server does not know later',
    (base) => ({
      replay: (stream, after, session) =>
        base.replay(stream, after, session).map((event) => ({ ...event, id: `again-${Math.random()}` })),
    }),
  ),
  must(
    'sse/cancelled-on-get',
    'sse-get-no-response',
    'FS',
    'a cancelled call is answered on the GET stream',
    (base) => ({
      async dispatch(turn) {
        try {
          return await base.dispatch(turn)
        } catch (failure) {
          if (turn.signal.aborted && turn.ex.session !== undefined) {
            turn.ex.session.announce({ jsonrpc: '2.0', id: turn.id, result: { content: [], isError: true } })
          }
          throw failure
        }
      },
    }),
  ),
  must(
    'sse/updates-on-both',
    'sse-no-broadcast',
    'FS',
    'updates go to the GET stream and to a running call',
    (base) => ({
      audience: (session) => {
        const running = session.streams.filter((one) => one.kind === 'post' && one.res !== undefined && !one.ended)
        return [...base.audience(session), ...running.slice(-1)]
      },
    }),
  ),
  must('sse/updates-on-two-gets', 'sse-no-broadcast', 'FS', 'a second GET stream gets the updates as well', (base) => ({
    audience: (session) => {
      const all = session.streams.filter((one) => one.kind === 'get' && one.res)
      return all.length > 1 ? all : base.audience(session)
    },
  })),
  should('sse/priming-with-words', 'sse-priming-event', 'FS LS', 'the priming event says connected', () => ({
    frame(fields) {
      const data = fields.data === '' ? 'connected' : fields.data
      const head = fields.event === undefined ? '' : `event: ${fields.event}\n`
      const id = fields.id === undefined ? '' : `id: ${fields.id}\n`
      return `${head}${id}${data === undefined ? '' : `data: ${data}\n`}\n`
    },
  })),
  should(
    'sse/get-drops',
    'sse-retry-before-disconnect',
    'FS',
    'GET streams are dropped after a second without retry',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        if (stream.kind === 'get') session.later(1000, () => stream.detach())
      },
    }),
  ),
  should(
    'sse/initialize-stays-open',
    'sse-closes-after-response',
    'FS LS',
    'the stream of initialize stays open',
    (base) => ({
      finish(stream, ex) {
        if (ex.methods[0] === 'initialize') {
          const timer = setTimeout(() => base.finish(stream, ex), 60_000)
          timer.unref()
        } else base.finish(stream, ex)
      },
    }),
  ),
  should(
    'sse/hang-up-fails-the-call',
    'sse-disconnect-not-cancel',
    'FS',
    'a dropped connection ends the call, and its answer says so',
    (base) => ({
      dispatch(turn) {
        const gone = new Promise<void>((resolve) => turn.ex.res.on('close', resolve))
        const failed = gone.then(() => ({ result: { content: [], isError: true } }))
        return Promise.race([base.dispatch(turn), failed])
      },
    }),
  ),
  should(
    'sse/hang-up-seen-in-logs',
    'sse-disconnect-not-cancel',
    'FS',
    'without event ids, a dropped connection cancels the call, whose end is logged on GET',
    (base) => ({
      eventId: () => undefined,
      primes: () => false,
      async dispatch(turn) {
        turn.ex.res.on('close', () => {
          if (turn.stream?.ended === false)
            turn.ex.session?.running.get(base.runKey(turn.id, turn.ex.session))?.abort('cancelled')
        })
        const reply = await base.dispatch(turn)
        const { session } = turn.ex
        if (session && isCall(turn, 'long_haul') && severity(session.level) <= severity('info')) {
          const params = { level: 'info', data: 'a trip has ended' }
          session.announce({ jsonrpc: '2.0', method: 'notifications/message', params })
        }
        return reply
      },
    }),
  ),
  should(
    'sse/get-hang-up-cancels',
    'sse-disconnect-not-cancel',
    'FS',
    'when the GET stream drops running calls are cancelled',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        ex.res.on('close', () => {
          if (!ended(session)) for (const one of session.running.values()) one.abort('gone')
        })
      },
    }),
  ),
  should('sse/logs-on-get', 'sse-get-messages-unrelated', 'FS', 'logs of a call go to the GET stream', (base) => ({
    outgoing(message, whence) {
      const { session } = whence
      const open = session?.streams.find((one) => one.kind === 'get' && one.res)
      if (message.method !== 'notifications/message' || whence.turn === undefined || open === undefined)
        return base.outgoing(message, whence)
      open.message(message)
      return []
    },
  })),
  should(
    'sse/newcomer-ends-calls',
    'sse-no-close-before-response',
    'FS',
    'the stream of a call ends when another call begins',
    (base) => ({
      async dispatch(turn) {
        const { session, revision } = turn.ex
        if (turn.method === 'tools/call' && session !== undefined && revision < '2025-11-25') {
          for (const one of session.streams) if (one !== turn.stream && one.kind === 'post') one.detach()
        }
        return base.dispatch(turn)
      },
    }),
  ),
]
