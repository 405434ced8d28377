// A server on the official SDK that does what a model says. `stdio` serves model.json; `http <port>` serves the model last put to /model.
import { readFileSync } from 'node:fs'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import * as types from '@modelcontextprotocol/sdk/types.js'
import express from 'express'

let model = JSON.parse(readFileSync(new URL('model.json', import.meta.url), 'utf8'))

function refuse({ code, message }) {
  throw new types.McpError(code, message)
}

function create() {
  const { serverInfo, capabilities, instructions } = model
  const server = new Server(serverInfo, { capabilities, instructions })
  const { tools, resources, prompts } = capabilities
  const on = (offered, schema, handler) => offered && server.setRequestHandler(schema, handler)
  on(tools, types.ListToolsRequestSchema, () => ({ tools: model.tools }))
  on(tools, types.CallToolRequestSchema, call)
  on(resources, types.ListResourcesRequestSchema, () => ({ resources: model.resources }))
  on(resources, types.ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: model.resourceTemplates }))
  on(resources, types.ReadResourceRequestSchema, ({ params: { uri } }) =>
    uri in model.contents ? { contents: [{ uri, text: model.contents[uri] }] } : refuse(model.unknown),
  )
  on(prompts, types.ListPromptsRequestSchema, () => ({ prompts: model.prompts }))
  on(prompts, types.GetPromptRequestSchema, ({ params: { name } }) =>
    name in model.messages
      ? { messages: [{ role: 'user', content: { type: 'text', text: model.messages[name] } }] }
      : refuse(model.unknown),
  )
  return server
}

async function call({ params }, { sendNotification, _meta }) {
  const { name, arguments: given = {} } = params
  const tool = model.tools.find((one) => one.name === name)
  if (!tool) refuse(model.unknown)
  if (tool.inputSchema.required?.includes('city') && !('city' in given)) refuse(model.missing)
  if (typeof given.city !== 'string') return model.mistyped
  for (const { method, params } of model.notifications[name] ?? []) {
    const token = method === 'notifications/progress' ? { progressToken: _meta?.progressToken } : {}
    await sendNotification({ method, params: { ...params, ...token } })
  }
  const result = structuredClone(model.results[name])
  if (model.clock)
    result.structuredContent = {
      ...result.structuredContent,
      at: model.clock === true ? performance.now() : model.clock,
    }
  return result
}

const [form, port] = process.argv.slice(2)
if (form === 'stdio') {
  model.clock = Boolean(process.env.CLOCK)
  // What a careless original does: it prints to stdout, and ends badly.
  if (process.env.STRAY) process.stdout.write('Weather server started\n{"level":"info"}\n')
  if (process.env.LINGER) setInterval(() => {}, 1000)
  process.stdin.on('end', () => process.env.LINGER || process.exit(Number(process.env.EXIT ?? 0)))
  await create().connect(new StdioServerTransport())
} else {
  const app = express()
  app.use(express.json())
  app.put('/model', (req, res) => {
    model = req.body
    res.sendStatus(204)
  })
  app.all('/mcp', async (req, res) => {
    const server = create()
    const transport = new StreamableHTTPServerTransport()
    res.on('close', () => void server.close())
    await server.connect(transport)
    if (req.method === 'POST') await transport.handleRequest(req, res, req.body)
    else res.status(405).set('Allow', 'POST').end()
  })
  const listening = app.listen(Number(port), '127.0.0.1', () => process.stdout.write(`${listening.address().port}\n`))
}
