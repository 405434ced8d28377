import type { Requirement } from '../requirement.js'

/** Catalogue rows of the area `legacy-sse`: what the spec asks, where it says so, and how a black box can see it. */
export const legacySse: readonly Requirement[] = [
  { id: 'legacy-sse-two-endpoints', level: 'MUST', first: '2024-11-05', last: '2024-11-05', area: 'legacy-sse', anchor: '2024-11-05/basic/transports#http-with-sse', force: 'keyword', era: 'legacy-sse',
    needs: [],
    text: 'Server offers an SSE endpoint for receiving and an HTTP POST endpoint for sending',
    how: 'GET the URL with Accept text/event-stream, then POST initialize to the announced endpoint' },
  { id: 'legacy-sse-endpoint-event', level: 'MUST', first: '2024-11-05', last: '2024-11-05', area: 'legacy-sse', anchor: '2024-11-05/basic/transports#http-with-sse', force: 'keyword', era: 'legacy-sse',
    needs: [],
    text: 'On connection the server sends an endpoint event with the URI for client messages',
    how: 'Read the stream; an event named endpoint must carry a resolvable URI or path' },
  { id: 'legacy-sse-endpoint-first', level: 'MUST', first: '2024-11-05', last: '2024-11-05', area: 'legacy-sse', anchor: '2025-11-25/basic/transports#backwards-compatibility', force: 'declarative', era: 'legacy-sse',
    needs: [],
    text: 'The endpoint event is the first event on the stream',
    how: 'Assert that no other event precedes it (comments ignored)' },
  { id: 'legacy-sse-message-events', level: 'MUST', first: '2024-11-05', last: '2024-11-05', area: 'legacy-sse', anchor: '2024-11-05/basic/transports#http-with-sse', force: 'declarative', era: 'legacy-sse',
    needs: [],
    text: 'Server messages arrive as SSE events named message with JSON in the data field',
    how: 'POST requests; the responses must arrive on the stream as message events (POST body content is not specified)' },
  { id: 'legacy-sse-deprecated', level: 'SHOULD NOT', first: '2026-07-28', last: '2026-07-28', area: 'legacy-sse', anchor: '2026-07-28/basic/transports/streamable-http#httpsse-transport-2024-11-05', force: 'keyword', era: 'legacy-sse',
    needs: [],
    text: 'The HTTP+SSE transport is deprecated: new servers do not adopt it, existing ones migrate',
    how: 'Report a server that speaks only HTTP+SSE, or still offers it, as information' },
]
