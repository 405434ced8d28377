import { expect, it } from 'vitest'
import { wireError } from './failure.js'

const coded = (code: string, message = 'it failed') => Object.assign(new Error(message), { code })
const rows: [kind: string, thrown: unknown][] = [
  ['refused', coded('ECONNREFUSED')],
  [
    'refused',
    Object.assign(new AggregateError([coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:1')], ''), {
      code: 'ECONNREFUSED',
    }),
  ],
  ['dns', coded('ENOTFOUND')],
  ['dns', coded('EAI_AGAIN')],
  ['reset', coded('ECONNRESET')],
  ['reset', coded('UND_ERR_SOCKET', 'other side closed')],
  ['reset', new TypeError('terminated', { cause: coded('ECONNRESET') })],
  ['timeout', coded('UND_ERR_CONNECT_TIMEOUT')],
  ['timeout', new DOMException('This operation was aborted', 'AbortError')],
  ['tls', coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate')],
  ['tls', coded('ERR_TLS_CERT_ALTNAME_INVALID')],
  ['tls', coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate')],
  ['tls', coded('EPROTO', 'wrong version number')],
  ['malformed', coded('HPE_INVALID_HEADER_TOKEN')],
  ['other', coded('EHOSTUNREACH')],
  ['other', 'a text'],
  ['other', new Error('')],
]
it.each(rows)('%s: %o', (kind, thrown) => {
  const error = wireError(thrown)
  expect(error.kind).toBe(kind)
  expect(error.message).not.toBe('')
})

it('keeps the words of the system and names the code once', () => {
  expect(wireError(coded('EPIPE', 'write EPIPE')).message).toBe('write EPIPE')
  expect(wireError(coded('ECONNRESET', 'gone')).message).toBe('gone (ECONNRESET)')
})

it('bears whatever is thrown', () => {
  for (const thrown of [undefined, null, 0, {}]) expect(wireError(thrown).kind).toBe('other')
})
