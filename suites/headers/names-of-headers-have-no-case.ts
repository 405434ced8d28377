import {
  callMirroring,
  defineCheck,
  eachServed,
  isServed,
  mirroringTools,
  mismatches,
} from '../../src/conformance/check.js'
import { describe, expect, expectResult } from '../../src/conformance/expect.js'

const spellings: ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.toLowerCase().replace(/(^|-)\w/g, (letter) => letter.toUpperCase()),
  (name) => name.toLowerCase().replace(/\w(?=(..)*$)/g, (letter) => letter.toUpperCase()),
]

export default defineCheck({
  title: 'Headers are known by their names in any case',
  requirement: 'headers-names-case-insensitive',
  hint: 'Look headers up by a name without case: HTTP/2 sends small letters only, and older proxies write Mcp-Method their own way.',
  async run(client) {
    for (const spelling of spellings) {
      const how = `with headers named as ${spelling('Mcp-Method')}`
      await eachServed(client, { spelling }, (reply, method) => {
        expectResult(reply, `${method} ${how}`)
      })
      for (const tool of await mirroringTools(client)) {
        const reply = await callMirroring(client, tool, { spelling })
        expect(isServed(reply), `${tool.name} ${how} must be served`, 'a result', describe(reply))
      }
    }
  },
  fault: mismatches(({ headerNames }) => headerNames.includes('MCP-METHOD')),
})
