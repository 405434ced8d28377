import { conformance } from 'mcp-gauntlet/vitest'

const server = 'node node_modules/mcp-gauntlet/dist/src/cli.js serve --mode stateful --port {port} --fault'
const suites = ['ping', 'session']

conformance('reference:stateless', { name: 'clean', suites })
conformance(async () => 'http://127.0.0.1:{port}/mcp', {
  name: 'new failure',
  start: `${server} session/terminated-delete-is-404`,
  suites,
})
conformance('http://127.0.0.1:{port}/mcp', {
  name: 'known failure',
  start: `${server} session/terminated-delete-is-404`,
  suites,
  baseline: 'known.yaml',
})
conformance('http://127.0.0.1:1/mcp', { name: 'nobody', suites: ['ping'] })
