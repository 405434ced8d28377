// The server of the advisory GHSA-345p-7cg4-v4c7: one stateless transport for everybody. Run on SDK 1.25.3, from the folder in FIELD_SDK. Argument: port.
import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(`${process.env.FIELD_SDK}/index.js`))
const { Server } = require('@modelcontextprotocol/sdk/server/index.js')
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js')
const { CallToolRequestSchema, ListToolsRequestSchema } = require('@modelcontextprotocol/sdk/types.js')
const express = require('express')

const server = new Server({ name: 'shared', version: '1.0.0' }, { capabilities: { tools: {} } })
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: 'wait', inputSchema: { type: 'object' } }] }))
server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
  await delay(20)
  return { content: [{ type: 'text', text: `Unknown tool: ${params.name}` }], isError: true }
})
const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
await server.connect(transport)

const app = express()
app.use(express.json())
app.all('/mcp', (req, res) => transport.handleRequest(req, res, req.body))
app.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('ready\n'))
