import { annotationIn, defineCheck, headerAnnotations, withParameter } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const bounds = ['minimum', 'maximum', 'default', 'const'] as const
const limit = 2 ** 53

export default defineCheck({
  title: 'Mirrored integers stay within what a double holds exactly',
  requirement: 'headers-xmcp-safe-integer',
  needs: ['capability:tools'],
  hint: 'Beyond 2^53 - 1 a JavaScript client sends another number than the user typed: use a string for such ids.',
  async run(client) {
    for (const one of await headerAnnotations(client)) {
      const { schema } = one
      if (![schema.type].flat().includes('integer')) continue
      const values = [...bounds.map((name) => schema[name]), ...[schema.enum ?? [], schema.examples ?? []].flat()]
      const beyond = values.filter((value) => typeof value === 'number' && Math.abs(value) >= limit)
      const open = [-schema.exclusiveMinimum, schema.exclusiveMaximum].filter((value) => value > limit)
      expect(
        [...beyond, ...open].length === 0,
        `${annotationIn(one)} allows integers that are not safe`,
        limit - 1,
        schema,
      )
    }
  },
  fault: withParameter({ type: 'integer', maximum: 2 ** 60, 'x-mcp-header': 'Extra' }),
})
