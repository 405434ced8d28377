import { challengeFor, describeResource } from '../core/auth.js'
import { sortMessage } from '../core/jsonrpc.js'
import { unseal } from './asking.js'
import { SAFE_TOOLS } from './cards.js'
import { answerSafely } from './dispatch.js'
import { decodeValue, headerOf, methodFault, nameFault, paramFault, versionFault } from './headers.js'
import { metaFault } from './meta.js'
import type { Policy, StatusKind } from './types.js'

const STATUS: Record<StatusKind, number> = {
  notification: 202,
  response: 400,
  wrongMethod: 405,
  foreignOrigin: 403,
  malformed: 400,
}
const BAD_REQUEST: unknown[] = [-32020, -32021, -32022]
const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/** Decisions of the correct server. */
export const cleanPolicy: Policy = {
  pageSize: 3,
  endpoint: '/mcp',
  query: '',
  safeTools: SAFE_TOOLS,
  originAllowed: (origin) => origin === undefined || LOOPBACK.test(origin),
  intercept: () => undefined,
  authorize: ({ world, req }) => world.desk.judge(req.headers.authorization),
  challenge: challengeFor,
  metadata: describeResource,
  status: (kind) => STATUS[kind],
  acceptedBody: '',
  parseCode: -32700,
  sort: sortMessage,
  capabilities: (world) => ({
    tools: { listChanged: true },
    prompts: { listChanged: true },
    resources: { subscribe: true, listChanged: true },
    completions: {},
    ...(world.response === 'json' ? {} : { logging: {} }),
    extensions: { 'org.example.ledger/rank': {} },
  }),
  header: headerOf,
  decode: decodeValue,
  metaFault,
  versionFault,
  methodFault,
  nameFault,
  paramFault,
  dispatch: answerSafely,
  unseal,
  outgoing: (message) => [message],
  errorStatus(code, turn) {
    if (code === -32601) return 404
    return BAD_REQUEST.includes(code) || (turn !== undefined && metaFault(turn) !== undefined) ? 400 : 200
  },
  streams({ visit: { world }, method, meta }) {
    if (method === 'subscriptions/listen' || world.response === 'sse') return true
    const asked = meta.progressToken !== undefined || meta['io.modelcontextprotocol/logLevel'] !== undefined
    return world.response === 'mixed' && method === 'tools/call' && asked
  },
  mediaType: (kind) => (kind === 'json' ? 'application/json' : 'text/event-stream'),
  sseHeaders: { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' },
  extraHeaders: () => ({}),
  encode: (payload) => JSON.stringify(payload),
  settle: (message, _turn, send) => send(message),
  finish: ({ res }) => void res.end(),
  listening: () => undefined,
}
