import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js'
import type { Express, Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import type { TargetOptions } from '../../src/conformance/assess.js'

/** A server that runs for a test: where it is, what is known of it, how to end it. */
export interface FieldServer {
  url: string
  options?: TargetOptions
  close(): Promise<void>
}

/** A real server with one tool that works for 600 ms and tells of it. */
export function weather(): McpServer {
  const server = new McpServer({ name: 'field', version: '1.0.0' })
  server.registerTool('forecast', { inputSchema: { city: z.string() } }, async ({ city }, extra) => {
    for (const progress of [1, 2, 3]) {
      const progressToken = extra._meta?.progressToken
      if (progressToken !== undefined)
        await extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress } })
      await delay(200)
    }
    return { content: [{ type: 'text', text: `Sun in ${city}` }] }
  })
  return server
}

/** The call of that tool. */
export const forecast = [{ name: 'forecast', arguments: { city: 'Oslo' } }]

/** Starts an app on a free port of loopback. */
export async function listen(app: Express, path = '/mcp', options?: TargetOptions): Promise<FieldServer> {
  const server = await new Promise<HttpServer>((resolve) => {
    const started: HttpServer = app.listen(0, '127.0.0.1', () => resolve(started))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${path}`,
    ...(options ? { options } : {}),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Handler = (req: Request, res: Response) => Promise<void>

// The SDK's types are not written for exactOptionalPropertyTypes.
type Transport = Parameters<McpServer['connect']>[0]

/** One server and transport per request, as the SDK's stateless example has it. */
export const stateless: Handler = async (req, res) => {
  const [server, transport] = [weather(), new StreamableHTTPServerTransport()]
  res.on('close', () => void server.close())
  await server.connect(transport as Transport)
  await transport.handleRequest(req, res, req.body)
}

/** A map from session to transport, as the SDK's stateful example has it. */
export function stateful(make: () => McpServer = weather): Handler {
  const transports = new Map<string, StreamableHTTPServerTransport>()
  return async (req, res) => {
    const id = req.header('mcp-session-id')
    const known = id ? transports.get(id) : undefined
    if (known) return known.handleRequest(req, res, req.body)
    if (id || !isInitializeRequest(req.body)) {
      const [status, code, message] = id
        ? [404, -32001, 'Session not found']
        : [400, -32000, 'Mcp-Session-Id is missing']
      res.status(status as number).json({ jsonrpc: '2.0', error: { code, message }, id: null })
      return
    }
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (session) => void transports.set(session, transport),
    })
    await make().connect(transport as Transport)
    await transport.handleRequest(req, res, req.body)
  }
}

/** A method that is not offered. */
export const notOffered: RequestHandler = (_req, res) => {
  res
    .status(405)
    .set('allow', 'POST')
    .json({ jsonrpc: '2.0', error: { code: -32000, message: 'Method not allowed.' }, id: null })
}
