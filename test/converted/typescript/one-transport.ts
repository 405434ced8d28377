// Converted as guides print it: one Server and one transport at start-up, express.json() in front, and the parsed body not handed on.
// Arguments: port, and optionally "body", which hands the body on and leaves the other mistake: one transport serves one client for ever.
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express from 'express'
import { createWeatherServer } from './weather.js'

const [port, variant] = process.argv.slice(2)
const server = createWeatherServer()
const transport = new StreamableHTTPServerTransport()
// The SDK's types are not written for exactOptionalPropertyTypes.
await server.connect(transport as Parameters<typeof server.connect>[0])

const app = express()
app.use(express.json())
app.all('/mcp', async (req, res) => {
  if (variant === 'body') await transport.handleRequest(req, res, req.body)
  else await transport.handleRequest(req, res)
})
app.listen(Number(port), '127.0.0.1')
