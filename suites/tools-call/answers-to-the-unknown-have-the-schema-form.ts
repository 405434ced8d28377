import { defineCheck, failingCalls, onResult } from '../../src/conformance/check.js'
import { expectShape, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A tool that finds nothing answers in the form of the schema too',
  requirement: 'schema-tool-call-result',
  needs: ['tool'],
  hint: 'Where there is nothing to show, say so in a text or leave content empty: null is no text.',
  async run(client) {
    const results = (await failingCalls(client)).filter(({ reply }) => reply.response?.result !== undefined)
    if (results.length === 0) notApplicable('no named tool answers what it cannot know with a result')
    for (const { reply, what } of results)
      expectShape(reply.response?.result, 'CallToolResult', client.revision, `the result of ${what}`)
  },
  fault: onResult('tools/call', (result, _message, { call }) =>
    JSON.stringify(call?.params).includes('gauntlet-canary')
      ? { ...result, content: [{ type: 'text', text: null }] }
      : result,
  ),
})
