import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'

const temperatures: Record<string, number> = { Oslo: 4, Cairo: 31, Lima: 19 }

/** The weather server itself: what a conversion must leave as it is. */
export function createWeatherServer(): McpServer {
  const server = new McpServer(
    { name: 'weather', version: '1.0.0' },
    { capabilities: { logging: {} }, instructions: 'Ask for a city by its English name.' },
  )
  server.registerTool(
    'get_temperature',
    {
      title: 'Temperature',
      description: 'Temperature of a city in degrees Celsius.',
      inputSchema: { city: z.string() },
      outputSchema: { celsius: z.number() },
      annotations: { readOnlyHint: true },
    },
    async ({ city }) => {
      const celsius = temperatures[city]
      if (celsius === undefined) return { content: [{ type: 'text', text: `No weather for ${city}` }], isError: true }
      return { content: [{ type: 'text', text: `${celsius} degrees` }], structuredContent: { celsius } }
    },
  )
  server.registerTool(
    'get_forecast',
    {
      description: 'Temperatures of the next days.',
      inputSchema: { city: z.string(), days: z.number().int().min(1).max(7).default(3) },
    },
    async ({ city, days }, { _meta, sendNotification }) => {
      const forecast: number[] = []
      for (let day = 0; day < days; day++) {
        const params = { progressToken: _meta?.progressToken ?? 0, progress: day + 1, total: days }
        if (_meta?.progressToken !== undefined) await sendNotification({ method: 'notifications/progress', params })
        forecast.push((temperatures[city] ?? 10) + day)
      }
      const message = { level: 'info' as const, logger: 'weather', data: `${days} days for ${city}` }
      await sendNotification({ method: 'notifications/message', params: message })
      return { content: [{ type: 'text', text: forecast.join(', ') }] }
    },
  )
  server.registerResource('cities', 'weather://cities', { mimeType: 'text/plain' }, async (uri) => ({
    contents: [{ uri: uri.href, mimeType: 'text/plain', text: Object.keys(temperatures).join(', ') }],
  }))
  server.registerPrompt(
    'packing',
    { description: 'What to pack for a city.', argsSchema: { city: z.string() } },
    ({ city }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: `What should I pack for ${city}?` } }],
    }),
  )
  return server
}
