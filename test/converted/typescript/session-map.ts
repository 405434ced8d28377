// Converted with the guide's session management: one server and one transport per session, kept in a map. Arguments: port, and optionally
// "cors", which adds CORS as guides show it.
import { randomUUID } from 'node:crypto'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js'
import express, { type Request, type Response } from 'express'
import { createWeatherServer } from './weather.js'

const [port, variant] = process.argv.slice(2)
const transports = new Map<string, StreamableHTTPServerTransport>()

const app = express()
app.use(express.json())
if (variant === 'cors')
  app.use((req, res, next) => {
    res.set('Access-Control-Allow-Origin', '*')
    res.set('Access-Control-Allow-Methods', 'GET, POST, DELETE, OPTIONS')
    res.set('Access-Control-Allow-Headers', 'Content-Type, Mcp-Session-Id')
    res.set('Access-Control-Expose-Headers', 'Mcp-Session-Id')
    if (req.method === 'OPTIONS') res.sendStatus(204)
    else next()
  })

app.post('/mcp', async (req, res) => {
  const known = transports.get(String(req.headers['mcp-session-id']))
  if (known) return void (await known.handleRequest(req, res, req.body))
  if (req.headers['mcp-session-id'] || !isInitializeRequest(req.body)) return refuse(res)
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => void transports.set(id, transport),
  })
  transport.onclose = () => {
    if (transport.sessionId) transports.delete(transport.sessionId)
  }
  const server = createWeatherServer()
  // The SDK's types are not written for exactOptionalPropertyTypes.
  await server.connect(transport as Parameters<typeof server.connect>[0])
  await transport.handleRequest(req, res, req.body)
})

const ofSession = async (req: Request, res: Response) => {
  const transport = transports.get(String(req.headers['mcp-session-id']))
  if (transport) await transport.handleRequest(req, res)
  else refuse(res)
}
app.get('/mcp', ofSession)
app.delete('/mcp', ofSession)
app.listen(Number(port), '127.0.0.1')

function refuse(res: Response): void {
  const error = { code: -32000, message: 'Bad Request: No valid session ID provided' }
  res.status(400).json({ jsonrpc: '2.0', error, id: null })
}
