import type { Requirement } from '../requirement.js'

/** Catalogue rows of the area `ping`: what the spec asks, where it says so, and how a black box can see it. */
export const ping: readonly Requirement[] = [
  { id: 'ping-answered', level: 'MUST', first: '2025-03-26', last: '2025-11-25', area: 'ping', anchor: '2025-11-25/basic/utilities/ping#behavior-requirements', force: 'keyword', era: 'stateful',
    needs: [],
    text: 'ping is answered promptly with an empty result',
    how: 'POST ping; expect result {} (an optional _meta is allowed) within a set time' },
  { id: 'ping-periodic', level: 'SHOULD', first: '2025-03-26', last: '2025-11-25', area: 'ping', anchor: '2025-11-25/basic/utilities/ping#implementation-considerations', force: 'keyword', era: 'stateful',
    needs: ['sse'],
    text: 'Connection health is checked by periodic pings',
    how: 'Hold a server stream open for several minutes and record pings; report only' },
  { id: 'ping-not-excessive', level: 'SHOULD', first: '2025-03-26', last: '2025-11-25', area: 'ping', anchor: '2025-11-25/basic/utilities/ping#implementation-considerations', force: 'keyword', era: 'stateful',
    needs: ['sse'],
    text: 'Pings are not excessive',
    how: 'Measure the ping rate on server streams' },
  { id: 'ping-timeout-is-failure', level: 'SHOULD', first: '2025-03-26', last: '2025-11-25', area: 'ping', anchor: '2025-11-25/basic/utilities/ping#error-handling', force: 'keyword', era: 'stateful',
    needs: ['sse'],
    text: 'An unanswered ping is treated as a connection failure',
    how: 'Do not answer a server ping; the stream should eventually be dropped; report only' },
]
