import { asksUnfitly, defineCheck, expectFlat } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Forms are flat: texts, numbers, booleans, and one of several choices (2025-06-18)',
  requirement: 'elicitation-schema-flat-2025-06',
  needs: ['tool'],
  hint: 'No objects in objects, no lists, no anyOf with null: leave an optional member out of required.',
  run: (client) => expectFlat(client, false),
  fault: asksUnfitly('elicitation/create', {
    message: 'Where is it?',
    requestedSchema: {
      type: 'object',
      properties: { place: { type: 'object', properties: { x: { type: 'number' } } } },
    },
  }),
})
