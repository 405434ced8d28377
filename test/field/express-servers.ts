import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express, { type Express, type RequestHandler } from 'express'
import { type FieldServer, forecast, listen, notOffered, stateful, stateless, weather } from './serving.js'

type Transport = Parameters<McpServer['connect']>[0]

const rpcError = (code: number, message: string) => ({ jsonrpc: '2.0', error: { code, message }, id: null })

/** An app around the stateless handler; `before` runs first. */
function app(...before: RequestHandler[]): Express {
  const made = express()
  made.use(express.json({ limit: '4mb' }), ...before)
  made.post('/mcp', stateless)
  made.all('/mcp', notOffered)
  return made
}

/** Sets CORS as told, answers preflights. */
const cors =
  (headers: string, when: (status: number) => boolean = () => true): RequestHandler =>
  (req, res, next) => {
    const dress = () => {
      res.set('access-control-allow-origin', '*')
      res.set('access-control-allow-methods', 'GET, POST, DELETE')
      res.set('access-control-allow-headers', headers)
      res.set('access-control-expose-headers', 'mcp-session-id')
    }
    if (req.method === 'OPTIONS') {
      dress()
      res.status(204).end()
      return
    }
    const writeHead = res.writeHead.bind(res)
    res.writeHead = ((...args: Parameters<typeof writeHead>) => {
      if (when(Number(args[0]))) dress()
      return writeHead(...args)
    }) as typeof res.writeHead
    next()
  }

const allHeaders = 'content-type, authorization, mcp-session-id, mcp-protocol-version, last-event-id'
const token = 'field-token-0123456789'
const given = { token, tools: forecast }

/** Wants the token, and answers strangers as told. */
const guard =
  (challenge: (host: string) => string | undefined): RequestHandler =>
  (req, res, next) => {
    if (req.header('authorization') === `Bearer ${token}`) return next()
    const value = challenge(req.header('host') ?? '')
    if (value) res.set('www-authenticate', value)
    res.status(401).json({ error: 'unauthorized' })
  }
const pointing = (host: string) => `Bearer resource_metadata="http://${host}/.well-known/oauth-protected-resource"`

/** An app behind OAuth with that document, at those places. */
function oauth(resource: (host: string) => string, places: string[], open = true): Express {
  const made = express()
  made.use(express.json({ limit: '4mb' }))
  const metadata: RequestHandler = (req, res) => {
    const host = req.header('host') ?? ''
    res.json({ resource: resource(host), authorization_servers: [`http://${host}`] })
  }
  const guarded = guard(pointing)
  for (const place of places) made.get(place, ...(open ? [metadata] : [guarded, metadata]))
  made.post('/mcp', guarded, stateless)
  made.all('/mcp', guarded, notOffered)
  return made
}
const wellKnown = '/.well-known/oauth-protected-resource'

/** Servers that are wrong in one way each, as their authors built them: real Express, real SDK. */
export const expressServers: Record<string, () => Promise<FieldServer>> = {
  'Express, stateless, well built': () => listen(app(), '/mcp', { tools: forecast }),
  'Express, sessions, well built': () => {
    const made = express().use(express.json({ limit: '4mb' }))
    made.all('/mcp', stateful())
    return listen(made, '/mcp', { tools: forecast })
  },
  'Express with CORS, well built': () =>
    listen(express().use(cors(allHeaders)).use(app()), '/mcp', { tools: forecast }),
  'a body rule in front of Express': () =>
    listen(
      app((req, res, next) => {
        if (/select\s.+\sfrom/i.test(JSON.stringify(req.body ?? '')))
          res.status(403).send('<html><body>Request blocked</body></html>')
        else next()
      }),
      '/mcp',
      { tools: [] },
    ),
  'express.json() with its default limit': () => {
    const made = express().use(express.json())
    made.post('/mcp', stateless)
    made.all('/mcp', notOffered)
    return listen(made)
  },
  'notifications answered with 200 null': () =>
    listen(
      app((req, res, next) => {
        if (typeof req.body?.method === 'string' && req.body.method.startsWith('notifications/'))
          res.status(200).json(null)
        else next()
      }),
    ),
  'GET answered with a landing page': () =>
    listen(
      app((req, res, next) => {
        if (req.method === 'GET') res.send('<!doctype html><h1>My server</h1>')
        else next()
      }),
    ),
  'GET of a stateless server asks for a session': () =>
    listen(
      app((req, res, next) => {
        if (req.method === 'GET') res.status(400).json(rpcError(-32000, 'No sessionId'))
        else next()
      }),
    ),
  'MCP-Protocol-Version is not looked at': () =>
    listen(
      app((req, _res, next) => {
        delete req.headers['mcp-protocol-version']
        req.rawHeaders = req.rawHeaders.filter(
          (_, at) => !/^mcp-protocol-version$/i.test(req.rawHeaders[at - (at % 2)] ?? ''),
        )
        next()
      }),
    ),
  'MCP-Protocol-Version wanted on initialize': () =>
    listen(
      app((req, res, next) => {
        if (req.method === 'POST' && !req.header('mcp-protocol-version'))
          res.status(400).json(rpcError(-32000, 'Missing required MCP-Protocol-Version header'))
        else next()
      }),
    ),
  'a fixed list of versions': () =>
    listen(
      app((req, res, next) => {
        const offer = req.body?.params?.protocolVersion
        if (req.body?.method === 'initialize' && !/^(2024-11-05|2025-0[36]-\d\d|2025-11-25)$/.test(offer))
          res.status(400).json({ ...rpcError(-32602, 'Unsupported protocol version'), id: req.body.id })
        else next()
      }),
    ),
  'Express with its own error page': () => listen(app()),
  'a preflight that allows Content-Type only': () => listen(app(cors('content-type'))),
  'CORS on results only': () => listen(app(cors(allHeaders, (status) => status < 400))),
  'CORS for all, guard of Origin for few': () =>
    listen(
      app(cors(allHeaders), (req, res, next) => {
        if (req.header('origin') && req.method === 'POST')
          res.status(403).json(rpcError(-32000, 'Invalid Origin header'))
        else next()
      }),
    ),
  'a transport per request that keeps sessions': () => {
    const made = express().use(express.json())
    made.post('/mcp', async (req, res) => {
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => crypto.randomUUID() })
      await weather().connect(transport as Transport)
      await transport.handleRequest(req, res, req.body)
    })
    return listen(made)
  },
  'one McpServer for all requests': () => {
    const server = weather()
    const made = express().use(express.json())
    made.post('/mcp', async (req, res) => {
      const transport = new StreamableHTTPServerTransport()
      await server.connect(transport as Transport)
      await transport.handleRequest(req, res, req.body)
    })
    return listen(made)
  },
  'one stateful transport for all clients': async () => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => crypto.randomUUID() })
    await weather().connect(transport as Transport)
    const made = express().use(express.json())
    made.all('/mcp', (req, res) => transport.handleRequest(req, res, req.body))
    return listen(made)
  },
  'HTTP+SSE that announces an inner path': async () => {
    const made = express()
    made.get('/api/sse', async (_req, res) => {
      const transport = new SSEServerTransport('/messages', res)
      await weather().connect(transport as Transport)
    })
    return listen(made, '/api/sse')
  },
  'a tool whose input schema is an array': () => {
    const made = express().use(express.json())
    made.post('/mcp', async (req, res) => {
      if (req.body?.method === 'tools/list')
        res.json({
          jsonrpc: '2.0',
          id: req.body.id,
          result: { tools: [{ name: 'sum', inputSchema: { type: 'array' } }] },
        })
      else await stateless(req, res)
    })
    return listen(made)
  },
  '401 without a challenge': () => listen(app(guard(() => undefined)), '/mcp'),
  'OAuth, well built': () =>
    listen(
      oauth((host) => `http://${host}/mcp`, [wellKnown, `${wellKnown}/mcp`]),
      '/mcp',
      given,
    ),
  'metadata at the root only': () =>
    listen(
      oauth((host) => `http://${host}/mcp`, [wellKnown]),
      '/mcp',
      given,
    ),
  'metadata of another resource': () => listen(oauth(() => 'http://localhost:3000/', [wellKnown, `${wellKnown}/mcp`])),
  'metadata behind the guard': () =>
    listen(oauth((host) => `http://${host}/mcp`, [wellKnown, `${wellKnown}/mcp`], false)),
  'bad tokens answered with 500': () => {
    const made = express().use(express.json())
    const check: RequestHandler = (req, res, next) => {
      const value = req.header('authorization')
      if (!value) return void res.status(401).set('www-authenticate', 'Bearer').end()
      if (value !== `Bearer ${token}`) throw new Error('invalid token')
      next()
    }
    made.post('/mcp', check, stateless)
    made.all('/mcp', check, notOffered)
    return listen(made, '/mcp', given)
  },
  'a guard that compares the path': () => {
    const guarded = guard(() => 'Bearer')
    const made = express().use(express.json())
    made.use((req, res, next) => (req.path === '/mcp' ? guarded(req, res, next) : next()))
    made.post('/mcp', stateless)
    made.all('/mcp', notOffered)
    return listen(made, '/mcp', given)
  },
}
