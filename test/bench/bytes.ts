import { canaryMark, ids } from '../../src/load/request.js'

/** The headers and the body that our generator sends, for those that send the same bytes every time. */
export const sessionHeaders = {
  'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream',
  'Mcp-Session-Id': 'f'.repeat(32),
  'MCP-Protocol-Version': '2025-06-18',
}

export const message = JSON.stringify({
  jsonrpc: '2.0',
  id: ids.first,
  method: 'tools/call',
  params: { name: 'echo', arguments: { text: canaryMark } },
})
