import type { Json } from '../core/types.js'
import { type Fault, isCall, must, onResponse } from './fault.js'
import { argumentsOf, seenAs, textIds, withArguments } from './seen-as.js'

/** Faults of the way messages are read. */
export const messageReaderFaults: Fault[] = [
  must(
    'jsonrpc/id-composed',
    'jsonrpc-response-id-echo',
    'FJ CH',
    'accents of ids are composed',
    textIds((id) => id.normalize('NFC')),
  ),
  must(
    'jsonrpc/id-cut-at-255',
    'jsonrpc-response-id-echo',
    'LJ FS',
    'ids are cut to 255 characters',
    textIds((id) => id.slice(0, 255)),
  ),
  must(
    'jsonrpc/id-decoded',
    'jsonrpc-response-id-echo',
    'LS FJ',
    'percent escapes in ids are decoded',
    textIds((id) => {
      try {
        return decodeURIComponent(id)
      } catch {
        return id
      }
    }),
  ),
  must(
    'jsonrpc/id-keyword',
    'jsonrpc-response-id-echo',
    'FJ',
    'the ids "null", "true" and "false" become values',
    (base) =>
      onResponse(base, (message) =>
        ['null', 'true', 'false'].includes(message.id as string)
          ? { ...message, id: JSON.parse(message.id as string) as unknown }
          : message,
      ),
  ),
  must('jsonrpc/batch-ids-counted', 'jsonrpc-response-id-echo', 'FJ LJ', 'answers in a batch are numbered', (base) => ({
    encode: (payload, ex) =>
      base.encode(
        Array.isArray(payload) && ex.methods.length > 1
          ? payload.map((one: Json, index) => ({ ...one, id: index + 1 }))
          : payload,
        ex,
      ),
  })),
  must(
    'jsonrpc/null-body-crashes',
    'jsonrpc-invalid-request-code',
    'LJ FS',
    'a body of null or a number is -32603',
    (base) => {
      let scalar = false
      return {
        classify(raw, ex) {
          scalar = raw === null || typeof raw !== 'object'
          return base.classify(raw, ex)
        },
        invalidCode: (ex) => (scalar ? -32603 : base.invalidCode(ex)),
      }
    },
  ),
  must(
    'jsonrpc/null-id-crashes',
    'jsonrpc-invalid-request-code',
    'FJ CH',
    'a request whose id is null is answered with -32603',
    (base) => {
      let nullId = false
      return {
        classify(raw, ex) {
          nullId = typeof raw === 'object' && raw !== null && (raw as Json).id === null
          return base.classify(raw, ex)
        },
        invalidCode: (ex) => (nullId ? -32603 : base.invalidCode(ex)),
      }
    },
  ),
  must(
    'jsonrpc/batch-with-notes-refused',
    'jsonrpc-batch-receive',
    'FJ FS',
    'a batch that holds a notification is refused',
    (base) => {
      let mixed = false
      return {
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          mixed ||= item.kind === 'notification'
          return item
        },
        batchAllowed(ex) {
          const found = mixed && ex.methods.length > 0
          mixed = false
          return !found && base.batchAllowed(ex)
        },
      }
    },
  ),
  must(
    'jsonrpc/batch-202-list',
    'jsonrpc-batch-notifications-202',
    'LJ FJ',
    'a batch of notifications has the body []',
    (base) => {
      let parts = 0
      return {
        classify(raw, ex) {
          if (ex.posted === undefined) parts = 0
          ex.posted = parts += 1
          return base.classify(raw, ex)
        },
        acceptedBody: (ex) => ((ex.posted ?? 0) > 1 ? '[]' : base.acceptedBody(ex)),
      }
    },
  ),
  must(
    'transport/large-utf8',
    'transport-utf8',
    'FJ LS',
    'long texts are read in pieces of 1 KiB that cut characters',
    (base) => {
      const pieces = (text: string): string => {
        const bytes = Buffer.from(text)
        let whole = ''
        for (let at = 0; at < bytes.length; at += 1023) whole += bytes.subarray(at, at + 1023).toString('utf8')
        return whole
      }
      return seenAs((turn) =>
        isCall(turn, 'parrot') && typeof argumentsOf(turn).phrase === 'string'
          ? withArguments(turn, { ...argumentsOf(turn), phrase: pieces(String(argumentsOf(turn).phrase)) })
          : undefined,
      )(base)
    },
  ),
  must(
    'transport/large-answers-cut',
    'transport-json-single-object',
    'FJ LJ',
    'answers above 2 KiB lose their end',
    (base) => ({
      encode: (payload, ex) => Buffer.from(base.encode(payload, ex)).subarray(0, 2048),
    }),
  ),
  must(
    'transport/note-with-meta-200',
    'transport-notification-202',
    'LJ FS',
    'notifications with _meta get 200',
    (base) => {
      const marked = new WeakSet<object>()
      return {
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          if (item.kind === 'notification' && '_meta' in item.params) marked.add(ex)
          return item
        },
        status: (kind, ex) => (kind === 'notification' && marked.has(ex) ? 200 : base.status(kind, ex)),
      }
    },
  ),
  must(
    'transport/error-response-200',
    'transport-client-response-202',
    'FJ FS',
    'errors of the client get 200',
    (base) => {
      const marked = new WeakSet<object>()
      return {
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          if (item.kind === 'response' && 'error' in (raw as Json)) marked.add(ex)
          return item
        },
        status: (kind, ex) => (kind === 'clientResponse' && marked.has(ex) ? 200 : base.status(kind, ex)),
      }
    },
  ),
  must(
    'transport/response-body',
    'transport-202-empty-body',
    'FS FJ',
    'the 202 for responses of the client says ok',
    (base) => {
      const marked = new WeakSet<object>()
      return {
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          if (item.kind === 'response') marked.add(ex)
          return item
        },
        acceptedBody: (ex) => (marked.has(ex) ? '{"ok":true}' : base.acceptedBody(ex)),
      }
    },
  ),
]
