import { defineCheck, everyRevision, expectAllShut, letIn, mainDoors, visitors } from '../../src/conformance/check.js'

const words = ['undefined', 'null', 'None', 'true', 'test', 'secret', 'changeme', 'admin', 'your-api-key']

export default defineCheck({
  title: 'Words that stand where a secret was forgotten open nothing',
  requirement: 'auth-invalid-token-401',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'An unset environment variable in a template becomes the text "undefined", and then "Bearer undefined" is the right token. Stop at start-up when the secret is missing.',
  async run(client) {
    const tokens = Object.fromEntries(words.map((word) => [`the token ${word}`, word]))
    await expectAllShut(client, (await mainDoors(client)).slice(0, 2), visitors(client, tokens))
  },
  fault: letIn((_request, shown) => /\bundefined$/.test(shown ?? '')),
})
