import { fixtures, type InteropServer, interopRoot } from './start.js'

export {
  type InteropServer,
  type InteropTransport,
  interopInstalled,
  type StartedInterop,
  startInterop,
} from './start.js'

const npmRoot = `${interopRoot}npm`
const examples = 'node_modules/@modelcontextprotocol/sdk/dist/esm/examples/server'
const mcp = 'http://127.0.0.1:{port}/mcp'
const sse = 'http://127.0.0.1:{port}/sse'

const temperature = [{ name: 'get_temperature', arguments: { city: 'Oslo' } }]
const greet = [{ name: 'greet', arguments: { name: 'Ada' } }]
const weather = [{ name: 'get_weather', arguments: { city: 'Oslo', country: 'NO' } }]
const burst = [{ name: 'start-notification-stream', arguments: { interval: 10, count: 2 } }]
const everything = [
  { name: 'echo', arguments: { message: 'hello' } },
  { name: 'get-sum', arguments: { a: 2, b: 3 } },
]

type Options = Partial<Pick<InteropServer, 'transport' | 'safeTools' | 'url' | 'protected' | 'modern' | 'suites'>>

const node = (
  name: string,
  pkg: string,
  args: string[],
  env: Record<string, string>,
  options: Options,
): InteropServer => ({
  name,
  package: pkg,
  start: { command: process.execPath, args, cwd: npmRoot, env },
  url: mcp,
  transport: 'streamable-http',
  safeTools: [],
  needs: 'npm',
  ...options,
})

/** An SDK example whose port comes from an environment variable, or is a constant when no variable is named. */
const example = (name: string, file: string, portVariable: string | undefined, options: Options): InteropServer => {
  const script = `${examples}/${file}.js`
  const args = portVariable ? [script] : ['--import', './fixtures/use-port.mjs', script]
  return node(name, '@modelcontextprotocol/sdk 1.32.2', args, { [portVariable ?? 'INTEROP_PORT']: '{port}' }, options)
}

const python = (
  name: string,
  pkg: string,
  venv: string,
  file: string,
  args: string[],
  options: Options = {},
): InteropServer => ({
  name,
  package: pkg,
  start: { command: `${interopRoot}${venv}/bin/python`, args: [`${fixtures}${file}`, '{port}', ...args], env: {} },
  url: args.includes('sse') ? sse : mcp,
  transport: args.includes('sse') ? 'sse' : 'streamable-http',
  safeTools: temperature,
  needs: 'python',
  ...options,
})

// The STDIO server the gateways convert is an SDK example too.
const stdio = `${examples}/mcpServerOutputSchema.js`
const everythingCli = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js'
const everythingPackage = '@modelcontextprotocol/server-everything 2026.8.31'
const gateway = (name: string, args: string[], options: Options = {}): InteropServer =>
  node(
    `supergateway-${name}`,
    'supergateway 4.0.0',
    ['node_modules/supergateway/dist/index.js', '--stdio', `node ${stdio}`, '--port', '{port}', ...args],
    {},
    { safeTools: weather, ...options },
  )
const proxy = (name: string, args: string[], options: Options = {}): InteropServer =>
  node(
    `mcp-proxy-${name}`,
    'mcp-proxy 6.7.19',
    ['node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs', '--port', '{port}', ...args, '--', 'node', stdio],
    {},
    { safeTools: weather, ...options },
  )
const fastmcp = (name: string, stateless: '0' | '1', options: Options = {}): InteropServer =>
  node(
    `fastmcp-ts-${name}`,
    'fastmcp 4.20.16 (npm)',
    ['--preserve-symlinks-main', 'fixtures/fastmcp-weather.mjs'],
    { PORT: '{port}', STATELESS: stateless },
    { safeTools: temperature, ...options },
  )
const sdk2 = (name: string, legacy: string, options: Options = {}): InteropServer =>
  node(
    `sdk2-${name}`,
    '@modelcontextprotocol/server 2.4.0',
    ['--preserve-symlinks-main', 'fixtures/sdk2-weather.mjs'],
    { PORT: '{port}', LEGACY: legacy },
    { safeTools: temperature, ...options },
  )
const few = ['initialize', 'tools-list']
const legacy: Options = { transport: 'sse', url: sse }

/** Every interop target. Start one with `startInterop`. */
export const interopServers: InteropServer[] = [
  node(
    'everything-http',
    everythingPackage,
    [everythingCli, 'streamableHttp'],
    { PORT: '{port}' },
    { safeTools: everything },
  ),
  node(
    'everything-sse',
    everythingPackage,
    [everythingCli, 'sse'],
    { PORT: '{port}' },
    { ...legacy, safeTools: everything },
  ),
  // A node process per session, and one per request: each costs the machine about a quarter of a second of one core, a full check minutes.
  gateway('stateful', ['--outputTransport', 'streamableHttp', '--stateful'], { suites: few }),
  gateway('stateless', ['--outputTransport', 'streamableHttp'], { suites: few }),
  gateway('sse', ['--outputTransport', 'sse'], legacy),
  proxy('stateful', ['--server', 'stream']),
  proxy('stateless', ['--server', 'stream', '--stateless']),
  proxy('sse', ['--server', 'sse'], legacy),
  fastmcp('stateful', '0'),
  fastmcp('stateless', '1'),
  fastmcp('sse', '0', legacy),
  example('sdk-simple', 'simpleStreamableHttp', 'MCP_PORT', { safeTools: greet }),
  node(
    'sdk-simple-oauth',
    '@modelcontextprotocol/sdk 1.32.2',
    [`${examples}/simpleStreamableHttp.js`, '--oauth', '--oauth-strict'],
    { MCP_PORT: '{port}', MCP_AUTH_PORT: '{authPort}' },
    // Its metadata names localhost as the resource, so that is the name to call it by.
    { safeTools: greet, protected: true, url: 'http://localhost:{port}/mcp' },
  ),
  example('sdk-json', 'jsonResponseStreamableHttp', undefined, { safeTools: greet }),
  example('sdk-stateless', 'simpleStatelessStreamableHttp', undefined, { safeTools: burst }),
  example('sdk-compatible-http', 'sseAndStreamableHttpCompatibleServer', undefined, { safeTools: burst }),
  example('sdk-compatible-sse', 'sseAndStreamableHttpCompatibleServer', undefined, { ...legacy, safeTools: burst }),
  example('sdk-sse', 'simpleSseServer', undefined, { transport: 'sse', safeTools: burst }),
  example('sdk-standalone-get', 'standaloneSseWithGetStreamableHttp', undefined, {}),
  example('sdk-polling', 'ssePollingExample', undefined, { safeTools: [{ name: 'long-task', arguments: {} }] }),
  example('sdk-hono', 'honoWebStandardStreamableHttp', 'MCP_PORT', { safeTools: greet }),
  example('sdk-elicitation', 'elicitationFormExample', 'PORT', {}),
  example('sdk-tasks', 'simpleTaskInteractive', 'PORT', {}),
  sdk2('modern', 'reject', { modern: true }),
  sdk2('dual', 'stateless'),
  python('fastmcp-py-stateful', 'fastmcp 4.1.2 (PyPI)', 'venv', 'fastmcp_weather.py', ['http']),
  python('fastmcp-py-stateless', 'fastmcp 4.1.2 (PyPI)', 'venv', 'fastmcp_weather.py', ['http', 'stateless']),
  python('fastmcp-py-sse', 'fastmcp 4.1.2 (PyPI)', 'venv', 'fastmcp_weather.py', ['sse']),
  python('mcp1-stateful', 'mcp 1.30.0 (PyPI)', 'venv-mcp1', 'mcp1_weather.py', ['streamable-http']),
  python('mcp1-stateless', 'mcp 1.30.0 (PyPI)', 'venv-mcp1', 'mcp1_weather.py', ['streamable-http', 'stateless']),
  python('mcp1-json', 'mcp 1.30.0 (PyPI)', 'venv-mcp1', 'mcp1_weather.py', ['streamable-http', 'json']),
  python('mcp1-sse', 'mcp 1.30.0 (PyPI)', 'venv-mcp1', 'mcp1_weather.py', ['sse']),
  {
    name: 'go-sdk-http',
    package: 'github.com/modelcontextprotocol/go-sdk 1.8.0',
    start: { command: `${interopRoot}go/http`, args: ['-host', '127.0.0.1', '-port', '{port}', 'server'], env: {} },
    url: 'http://127.0.0.1:{port}/',
    transport: 'streamable-http',
    safeTools: [{ name: 'cityTime', arguments: { city: 'nyc' } }],
    needs: 'go',
  },
  // Each call that fails costs it a quarter of a second for a coloured traceback.
  python('mcp2-stateful', 'mcp 2.3.0 (PyPI)', 'venv', 'mcp2_weather.py', ['streamable-http']),
  python('mcp2-stateless', 'mcp 2.3.0 (PyPI)', 'venv', 'mcp2_weather.py', ['streamable-http', 'stateless']),
  python('mcp2-sse', 'mcp 2.3.0 (PyPI)', 'venv', 'mcp2_weather.py', ['sse']),
]
