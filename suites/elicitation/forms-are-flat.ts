import { defineCheck, depthOf, everyForm, onElicitations } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Forms are flat: texts, numbers, booleans, and choices',
  requirement: 'elicitation-schema-flat',
  needs: ['modern', 'tool'],
  revisions: { first: '2026-07-28' },
  hint: 'No objects in objects, no lists but of choices, no anyOf with null: leave an optional member out of required.',
  async run(client) {
    for (const { params, what } of await everyForm(client)) {
      const problem = depthOf(params.requestedSchema ?? {})
      expect(!problem, `the schema of ${what} is not flat: ${problem}`, 'a flat object', params.requestedSchema)
    }
  },
  fault: onElicitations((params) => ({
    ...params,
    requestedSchema: {
      type: 'object',
      properties: { place: { type: 'object', properties: { x: { type: 'number' } } } },
    },
  })),
})
