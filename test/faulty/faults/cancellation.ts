import { pingClient } from '../core/standing.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { type Fault, instead, must, nameOf, should } from './fault.js'

const note = (method: string, params: Json): Json => ({ jsonrpc: '2.0', method: `notifications/${method}`, params })
const isLong = (turn: Turn): boolean => turn.method === 'tools/call' && nameOf(turn) === 'long_haul'

/** Gives each session a private variable. */
function memory<T>(): WeakMap<object, T> {
  return new WeakMap<object, T>()
}

/** Ignores cancellations of some ids. */
function deaf(test: (id: unknown) => boolean) {
  return (base: Policy): Partial<Policy> => ({
    notified(notice, ex) {
      const ignored = notice.method === 'notifications/cancelled' && test(notice.params.requestId)
      if (!ignored) base.notified(notice, ex)
    },
  })
}

/** Faults of cancellation. */
export const cancellationFaults: Fault[] = [
  must(
    'cancellation/of-foreign',
    'cancellation-own-inflight-only',
    'FS',
    'the server cancels a request nobody sent',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        session.later(500, () => session.announce(note('cancelled', { requestId: 'job-77', reason: 'too slow' })))
      },
    }),
  ),
  must(
    'cancellation/of-the-client',
    'cancellation-own-inflight-only',
    'LS CH',
    'the server cancels the request of the client',
    (base) =>
      instead(base, (turn) => {
        if (isLong(turn)) turn.say(note('cancelled', { requestId: turn.id, reason: 'too slow' }))
        return undefined
      }),
  ),
  must(
    'cancellation/of-answered',
    'cancellation-own-inflight-only',
    'FS',
    'pings are cancelled although answered',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        session.later(400, () => pingClient(session))
        session.later(1200, () => session.announce(note('cancelled', { requestId: base.pingId(session) })))
      },
    }),
  ),
  should(
    'cancellation/answered-with-error',
    'cancellation-no-response-after',
    'FS CH',
    'a cancelled call is answered with an error',
    (base) => ({
      async dispatch(turn) {
        const quiet = { ...turn, signal: new AbortController().signal }
        let stopped = false
        turn.signal.addEventListener('abort', () => {
          stopped = true
          const error = { code: -32800, message: 'cancelled' }
          if (turn.signal.reason === 'cancelled') turn.stream?.message({ jsonrpc: '2.0', id: turn.id, error })
        })
        return base.dispatch(stopped ? quiet : turn)
      },
    }),
  ),
  should(
    'cancellation/ignored',
    'cancellation-stops-work',
    'FS',
    'a cancelled call goes on and is answered',
    deaf(() => true),
  ),
  should(
    'cancellation/goes-on',
    'cancellation-stops-work',
    'CH',
    'a cancelled call goes on reporting progress',
    (base) => ({
      dispatch: (turn) => base.dispatch({ ...turn, signal: new AbortController().signal }),
    }),
  ),
  should(
    'cancellation/string-ids',
    'cancellation-stops-work',
    'FS',
    'calls with string ids cannot be cancelled',
    deaf((id) => typeof id === 'string'),
  ),
  should(
    'cancellation/unknown-answered',
    'cancellation-invalid-ignored',
    'CH FS',
    'a cancellation of an unknown id is answered',
    (base) => ({
      notified(notice, ex) {
        const known = ex.session?.running.has(base.runKey(notice.params.requestId, ex.session))
        base.notified(notice, ex)
        if (notice.method !== 'notifications/cancelled' || known) return
        ex.session?.announce({ jsonrpc: '2.0', id: null, error: { code: -32602, message: 'unknown request' } })
      },
    }),
  ),
  should(
    'cancellation/malformed-crashes',
    'cancellation-invalid-ignored',
    'FJ LJ',
    'a cancellation without id ends in HTTP 500',
    (base) => ({
      notified(notice, ex) {
        if (notice.method === 'notifications/cancelled' && notice.params.requestId === undefined)
          throw new Error('crash')
        base.notified(notice, ex)
      },
    }),
  ),
  must(
    'cancellation/late-kills-session',
    'cancellation-race-graceful',
    'FJ',
    'cancelling a finished call ends the session',
    (base) => ({
      notified(notice, ex) {
        const { session } = ex
        const late =
          notice.method === 'notifications/cancelled' &&
          !session?.running.has(base.runKey(notice.params.requestId, session))
        if (late && session !== undefined) base.endSession(session, ex)
        else base.notified(notice, ex)
      },
    }),
  ),
  must(
    'cancellation/poisons-id',
    'cancellation-race-graceful',
    'FJ',
    'after a late cancellation requests fail',
    (base) => {
      const poisoned = memory<true>()
      return {
        notified(notice, ex) {
          base.notified(notice, ex)
          if (notice.method === 'notifications/cancelled' && ex.session) poisoned.set(ex.session, true)
        },
        async dispatch(turn) {
          const { session } = turn.ex
          if (session === undefined || !poisoned.has(session)) return base.dispatch(turn)
          poisoned.delete(session)
          return { error: { code: -32603, message: 'the operation was aborted' } }
        },
      }
    },
  ),
]
