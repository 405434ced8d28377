import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expectPages } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every page of prompts/list and every prompt on it has the form of the revision',
  requirement: 'schema-prompts-list-result',
  needs: ['capability:prompts'],
  atEachRevision: true,
  hint: 'arguments is a list of {name, description, required}, not a JSON Schema; leave optional members out instead of sending null.',
  run: (client) => expectPages(client, 'prompts/list', 'ListPromptsResult'),
  fault: onResult('prompts/list', (result) => ({
    ...result,
    prompts: result.prompts.map((prompt: any) => ({ ...prompt, arguments: { type: 'object' } })),
  })),
})
