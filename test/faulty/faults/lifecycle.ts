import { isObject } from '../core/jsonrpc.js'
import { type Fault, instead, must, nameOf, onResult, should } from './fault.js'

const sampling = {
  jsonrpc: '2.0',
  id: 'ask-1',
  method: 'sampling/createMessage',
  params: { messages: [{ role: 'user', content: { type: 'text', text: 'Hi' } }], maxTokens: 5 },
}
const question = { message: 'How far?', requestedSchema: { type: 'object', properties: { far: { type: 'number' } } } }

/** Faults of the handshake and of what was negotiated in it. */
export const lifecycleFaults: Fault[] = [
  must(
    'lifecycle/no-capabilities',
    'lifecycle-initialize-answered',
    'FJ LJ CH',
    'initialize lacks capabilities',
    (base) => onResult(base, 'initialize', (result) => delete result.capabilities),
  ),
  must('lifecycle/no-version', 'lifecycle-initialize-answered', 'LJ', 'initialize lacks protocolVersion', (base) =>
    onResult(base, 'initialize', (result) => delete result.protocolVersion),
  ),
  must('lifecycle/no-server-info', 'lifecycle-initialize-answered', 'CH FS', 'initialize lacks serverInfo', (base) =>
    onResult(base, 'initialize', (result) => delete result.serverInfo),
  ),
  must(
    'lifecycle/undeclared-sampling',
    'lifecycle-negotiated-capabilities',
    'FS CH',
    'a tool call provokes a sampling request the client never offered',
    (base) => ({
      async dispatch(turn) {
        const { capabilities } = turn.params
        if (turn.method === 'initialize' && isObject(capabilities) && 'sampling' in capabilities)
          return base.dispatch(turn)
        if (turn.method === 'tools/call' && nameOf(turn) === 'parrot') turn.say(sampling)
        return base.dispatch(turn)
      },
    }),
  ),
  must(
    'lifecycle/undeclared-roots',
    'lifecycle-negotiated-capabilities',
    'FJ',
    'the GET stream asks for roots although the client declared none',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        session.later(450, () => session.announce({ jsonrpc: '2.0', id: 'roots-1', method: 'roots/list' }))
      },
    }),
  ),
  must(
    'lifecycle/undeclared-elicitation',
    'lifecycle-negotiated-capabilities',
    'LS',
    'a slow call asks the user although the client has no elicitation',
    (base) =>
      instead(base, (turn) => {
        const asks = turn.method === 'tools/call' && nameOf(turn) === 'long_haul'
        if (asks) turn.say({ jsonrpc: '2.0', id: 'user-1', method: 'elicitation/create', params: question })
        return undefined
      }),
  ),
  must(
    'lifecycle/undeclared-list-changed',
    'lifecycle-negotiated-capabilities',
    'FS',
    'tools/list_changed is sent although listChanged was not declared',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        session.later(400, () => session.announce({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }))
      },
    }),
  ),
  must(
    'lifecycle/insists-on-newest',
    'lifecycle-respect-version',
    'FJ',
    'negotiates an older version, then takes only the newest one in the header',
    () => ({ headerAccepted: (value) => value === undefined || value === '2025-11-25' }),
  ),
  should(
    'lifecycle/early-request',
    'lifecycle-no-early-server-requests',
    'FS',
    'a request goes out on the stream before notifications/initialized',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        const hello = { jsonrpc: '2.0', id: 'hello', method: 'org.example/hello' }
        session.later(60, () => {
          if (!session.ready) session.announce(hello)
        })
      },
    }),
  ),
  should(
    'lifecycle/empty-capabilities',
    'lifecycle-error-cases-handled',
    'LJ',
    'a client without any capability gets an internal error',
    (base) =>
      instead(base, (turn) => {
        const { capabilities } = turn.params
        const empty = turn.method === 'initialize' && isObject(capabilities) && Object.keys(capabilities).length === 0
        return empty ? { error: { code: -32603, message: 'cannot read properties of undefined' } } : undefined
      }),
  ),
]
