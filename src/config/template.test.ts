import { describe, expect, it } from 'vitest'
import { configShape } from './shape.js'
import { parseSource } from './source.js'
import { configTemplate, type TemplateFacts } from './template.js'

const facts = (changes: Partial<TemplateFacts> = {}): TemplateFacts => ({
  given: { url: 'http://localhost:3000/mcp' },
  known: ['Found: weather 1.0'],
  locked: false,
  tools: [],
  ...changes,
})
const read = async (text: string) => configShape.parse((await parseSource(text, 'c.yaml')).value)
const wicked = 'x\u001b[31m\n  strict: true\u2028 # "\\'

describe('a new config', () => {
  it('fits its own schema and names no tool', async () => {
    const tools = [{ name: 'get_weather', description: 'Weather', inputSchema: { type: 'object' } }]
    const config = await read(configTemplate(facts({ tools })))
    expect(config).toEqual({
      url: 'http://localhost:3000/mcp',
      check: true,
      reports: ['terminal', 'junit=reports/mcp-gauntlet.xml'],
      out: 'reports',
    })
  })

  it('fits once the tools and the load are taken out of their comments', async () => {
    const tools = [
      { name: 'get_weather', inputSchema: { properties: { city: { type: 'string' } }, required: ['city'] } },
      { name: wicked, description: wicked },
    ]
    const text = configTemplate(facts({ tools }))
    const open = text.replace(/^# (tools:|load:| {2,}["'a-z_-].*)$/gm, '$1')
    const config = await read(open.replace(/^ {2}(suites|slow).*\n/gm, ''))
    expect(config.tools).toEqual({ get_weather: { city: '<city>' }, [wicked]: {} })
    expect(config.load).toMatchObject({ duration: '10s' })
  })

  it.each(['node server.js --port {port}', 'true', "say 'hello': now", '# nothing', wicked, '10'])(
    'keeps %j as it is',
    async (start) => {
      expect((await read(configTemplate(facts({ given: { start } })))).start).toBe(start)
    },
  )

  it('has a line for the token where the server wants one', async () => {
    expect((await read(configTemplate(facts({ locked: true })))).tokenEnv).toBe('MCP_TOKEN')
    expect((await read(configTemplate(facts({ given: { url: 'a', tokenEnv: 'MINE' } })))).tokenEnv).toBe('MINE')
  })
})
