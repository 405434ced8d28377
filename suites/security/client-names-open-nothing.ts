import { defineCheck, expectSameForEveryClient, onResult } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Who the client says it is changes nothing',
  requirement: 'security-client-info-not-trusted',
  needs: ['modern'],
  hint: 'clientInfo is for display and logs: anybody may write anything there.',
  run: (client) => expectSameForEveryClient(client),
  fault: onResult('tools/list', (result, _message, { call }) =>
    /claude/i.test(JSON.stringify(call?.params?._meta)) ? { ...result, tools: result.tools.slice(1) } : result,
  ),
})
