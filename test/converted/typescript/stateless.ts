// Converted without sessions, and right: a server and a transport per request, the parsed body handed on. Argument: port.
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express from 'express'
import { createWeatherServer } from './weather.js'

const app = express()
app.use(express.json())
app.post('/mcp', async (req, res) => {
  const server = createWeatherServer()
  const transport = new StreamableHTTPServerTransport()
  res.on('close', () => void server.close())
  // The SDK's types are not written for exactOptionalPropertyTypes.
  await server.connect(transport as Parameters<typeof server.connect>[0])
  await transport.handleRequest(req, res, req.body)
})
app.all('/mcp', (_req, res) => {
  const error = { code: -32000, message: 'Method not allowed.' }
  res.status(405).set('Allow', 'POST').json({ jsonrpc: '2.0', error, id: null })
})
app.listen(Number(process.argv[2]), '127.0.0.1')
