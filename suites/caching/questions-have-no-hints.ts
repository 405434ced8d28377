import { defineCheck, inputRequired, onResult } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A result that asks for input has no caching hints',
  requirement: 'caching-input-required-no-hints',
  needs: ['modern', 'tool'],
  hint: 'Add ttlMs and cacheScope to complete results only; a question must not be given to somebody else.',
  async run(client) {
    const questions = await inputRequired(client)
    if (questions.length === 0) notApplicable('no named tool, resource or prompt asks the client for input')
    for (const { method, result } of questions)
      for (const hint of ['ttlMs', 'cacheScope'])
        expect(!(hint in result), `the question of ${method} has ${hint}`, 'no caching hints', result[hint])
  },
  fault: onResult('tools/call', (result) =>
    result.resultType === 'input_required' ? { ...result, ttlMs: 0, cacheScope: 'private' } : result,
  ),
})
