import { asksUnfitly, defineCheck, expectFlat } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Forms are flat: texts, numbers, booleans, and choices',
  requirement: 'elicitation-schema-flat',
  needs: ['tool'],
  hint: 'No objects in objects, no lists but of choices, no anyOf with null: leave an optional member out of required.',
  run: (client) => expectFlat(client, true),
  fault: asksUnfitly('elicitation/create', {
    message: 'Where is it?',
    requestedSchema: {
      type: 'object',
      properties: { place: { type: 'object', properties: { x: { type: 'number' } } } },
    },
  }),
})
