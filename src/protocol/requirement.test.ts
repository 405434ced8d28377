import { expect, it } from 'vitest'
import { requirement } from './catalogue.js'
import { levelOf, linkOf } from './requirement.js'

const spec = 'https://modelcontextprotocol.io/specification/'

it.each([
  ['session-terminated-404', undefined, `${spec}2025-11-25/basic/transports#session-management`],
  ['security-origin-403', '2025-11-25', `${spec}2025-11-25/basic/transports#security-warning`],
  ['progress-monotonic', '2025-06-18', `${spec}2025-06-18/basic/utilities/progress#progress-flow`],
  ['transport-notification-202', '2026-07-28', `${spec}2026-07-28/basic/transports/streamable-http#sending-messages`],
] as const)('the link of %s at %s names the page of that revision', (id, revision, link) => {
  expect(linkOf(requirement(id), revision)).toBe(link)
})

it('grades keywords', () => {
  expect(levelOf(requirement('sse-get-no-response'))).toBe('MUST')
  expect(levelOf(requirement('lifecycle-no-early-server-requests'))).toBe('SHOULD')
  expect(levelOf(requirement('advice-delete-2xx-or-405'))).toBe('ADVICE')
})

it('knows no row that is not there', () => {
  expect(() => requirement('no-such-row')).toThrow('no row "no-such-row"')
})
