import { header } from '../core/http.js'
import type { Exchange, Json, Page, Policy } from '../core/types.js'
import { type Fault, must, onTool } from './fault.js'

const onlyGet = (status: number, type: string, body: string) => (): Partial<Policy> => ({
  intercept: (ex): Page | undefined =>
    ex.req.method === 'GET' && ex.path === ex.world.endpoint ? { status, type, body } : undefined,
})

function note(status: number, matches: (method: string) => boolean = () => true) {
  return (base: Policy): Partial<Policy> => {
    const methods = new WeakMap<Exchange, string>()
    return {
      classify(raw, ex) {
        const item = base.classify(raw, ex)
        if (item.kind === 'notification') methods.set(ex, item.method)
        return item
      },
      status(kind, ex) {
        const hit = kind === 'notification' && matches(methods.get(ex) ?? '')
        return hit ? status : base.status(kind, ex)
      },
    }
  }
}

const media =
  (wanted: string, type: string, when: (ex: Exchange) => boolean = () => true) =>
  (base: Policy): Partial<Policy> => ({
    mediaType: (kind, ex) => (kind === wanted && when(ex) ? type : base.mediaType(kind, ex)),
  })

const calls = (ex: Exchange): boolean => ex.methods.includes('tools/call')
const encode =
  (make: (text: string) => string | Buffer) =>
  (base: Policy): Partial<Policy> => ({
    encode: (payload, ex) => make(String(base.encode(payload, ex))),
  })

/** Answers a stray message with 200 and an error in the body. */
function forgiving(base: Policy, stray: (raw: Json, ex: Exchange) => boolean): Partial<Policy> {
  const strays = new WeakSet<Exchange>()
  return {
    classify(raw, ex) {
      if (stray(raw as Json, ex)) strays.add(ex)
      return base.classify(raw, ex)
    },
    status: (kind, ex) => (strays.has(ex) ? 200 : base.status(kind, ex)),
    acceptedBody: (ex) =>
      strays.has(ex) ? '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"unexpected"}}' : '',
  }
}

const unaccepted = 'transport-unaccepted-message-error'
const kindOfGet = 'transport-get-sse-or-405'
const answerType = 'transport-request-content-type'

/** Faults of the HTTP contract of Streamable HTTP. */
export const transportFaults: Fault[] = [
  must(
    'transport/latin1-json',
    'transport-utf8',
    'FJ LJ',
    'JSON is sent as Latin-1',
    encode((text) => Buffer.from(text, 'latin1')),
  ),
  must(
    'transport/utf16-json',
    'transport-utf8',
    'LJ',
    'JSON is sent as UTF-16',
    encode((text) => Buffer.from(text, 'utf16le')),
  ),
  must('transport/latin1-events', 'transport-utf8', 'FS', 'events are sent as Latin-1', (base) => ({
    frame: (fields, stream) => Buffer.from(String(base.frame(fields, stream)), 'latin1'),
  })),
  must('transport/double-encoded', 'transport-utf8', 'CH LS', 'text of a tool is encoded twice', (base) =>
    onTool(base, 'parrot', (result) => {
      for (const block of result.content as Json[])
        block.text = Buffer.from(String(block.text), 'utf8').toString('latin1')
    }),
  ),
  must('transport/get-elsewhere', 'transport-endpoint-post-get', 'FJ', 'the stream has a path of its own', (base) => ({
    isEndpoint: (path, ex) =>
      ex.req.method === 'GET' ? path === `${ex.world.endpoint}/stream` : base.isEndpoint(path, ex),
  })),
  must('transport/get-404', kindOfGet, 'LJ LS', 'GET is 404', onlyGet(404, 'text/plain', 'Cannot GET /mcp')),
  must(
    'transport/get-json',
    kindOfGet,
    'LJ',
    'GET shows a JSON page',
    onlyGet(200, 'application/json', '{"name":"ledger"}'),
  ),
  must('transport/get-html', kindOfGet, 'LS', 'GET shows a landing page', onlyGet(200, 'text/html', '<h1>Ledger</h1>')),
  must('transport/get-400', kindOfGet, 'LJ', 'GET asks for a session', onlyGet(400, 'text/plain', 'No sessionId')),
  must('transport/get-501', kindOfGet, 'FJ', 'GET is not implemented', onlyGet(501, 'text/plain', 'not implemented')),
  must('transport/get-empty', kindOfGet, 'FS', 'GET is 200 without content', onlyGet(200, '', '')),
  must('transport/json-as-text', answerType, 'FJ', 'JSON is labelled text/plain', media('json', 'text/plain')),
  must(
    'transport/json-rpc-type',
    answerType,
    'LJ',
    'JSON is labelled application/json-rpc',
    media('json', 'application/json-rpc'),
  ),
  must(
    'transport/calls-octets',
    answerType,
    'LJ',
    'tool results are octet streams',
    media('json', 'application/octet-stream', calls),
  ),
  must('transport/events-untyped', answerType, 'FS', 'event streams have no type', media('sse', '')),
  must(
    'transport/events-as-text',
    answerType,
    'LS',
    'tool results stream as text/plain',
    media('sse', 'text/plain', calls),
  ),
  must(
    'transport/events-as-json',
    'transport-json-single-object',
    'LS',
    'tool results stream as JSON',
    media('sse', 'application/json', calls),
  ),
  must(
    'transport/two-objects',
    'transport-json-single-object',
    'LJ',
    'each body holds the answer twice',
    encode((text) => `${text}\n${text}`),
  ),
  must('transport/array-of-one', 'transport-json-single-object', 'FJ', 'answers are arrays of one', (base) => ({
    encode: (payload, ex) => base.encode(Array.isArray(payload) || ex.methods.length !== 1 ? payload : [payload], ex),
  })),
  must(
    'transport/quoted-json',
    'transport-json-single-object',
    'LJ',
    'list answers are JSON inside a JSON string',
    (base) => ({
      encode: (payload, ex) =>
        ex.methods[0]?.endsWith('/list') ? JSON.stringify(base.encode(payload, ex)) : base.encode(payload, ex),
    }),
  ),
  must('transport/note-200', 'transport-notification-202', 'FJ', 'notifications get 200', note(200)),
  must('transport/note-204', 'transport-notification-202', 'LJ', 'notifications get 204', note(204)),
  must(
    'transport/cancel-200',
    'transport-notification-202',
    'FS',
    'cancellations get 200',
    note(200, (name) => name.endsWith('/cancelled')),
  ),
  must(
    'transport/unknown-note-200',
    'transport-notification-202',
    'LS',
    'unknown notifications get 200',
    note(200, (name) => !name.endsWith('/initialized')),
  ),
  must('transport/response-200', 'transport-client-response-202', 'FS', 'responses of the client get 200', (base) => ({
    status: (kind, ex) => (kind === 'clientResponse' ? 200 : base.status(kind, ex)),
  })),
  must('transport/response-204', 'transport-client-response-202', 'FJ', 'responses of the client get 204', (base) => ({
    status: (kind, ex) => (kind === 'clientResponse' ? 204 : base.status(kind, ex)),
  })),
  must('transport/body-null', 'transport-202-empty-body', 'FJ', '202 comes with null', () => ({
    acceptedBody: () => 'null',
  })),
  must('transport/body-object', 'transport-202-empty-body', 'LS', '202 comes with {}', () => ({
    acceptedBody: () => '{}',
  })),
  must('transport/body-text', 'transport-202-empty-body', 'LJ', '202 comes with Accepted', () => ({
    acceptedBody: () => 'Accepted',
  })),
  must('transport/stray-note-200', unaccepted, 'FJ LJ', 'a malformed notification gets 200', (base) =>
    forgiving(
      base,
      (raw) =>
        raw?.method !== undefined && raw.id === undefined && base.classify(raw, {} as Exchange).kind === 'invalid',
    ),
  ),
  must('transport/stray-response-200', unaccepted, 'FS', 'a response nobody waits for gets 200 and an error', (base) =>
    forgiving(base, (raw, ex) => {
      if (raw === null || raw.method !== undefined || raw.id === undefined) return false
      return ex.world.sessions.get(header(ex, 'mcp-session-id') ?? '')?.awaited.has(raw.id) !== true
    }),
  ),
]
