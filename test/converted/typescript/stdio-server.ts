// The STDIO original.
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createWeatherServer } from './weather.js'

await createWeatherServer().connect(new StdioServerTransport())
