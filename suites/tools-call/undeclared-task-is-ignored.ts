import { callTool, defineCheck, isObject, knownTools, onAnswer, rpcError } from '../../src/conformance/check.js'
import { assume, assumeResult, expect, expectResult, notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Where tools do not run as tasks, a call that wants a task is served like any other',
  requirement: 'tasks-undeclared-metadata-ignored',
  needs: ['tool'],
  hint: 'Ignore the task member of params where tasks.requests.tools.call is not among the capabilities; the TypeScript SDK 1.x throws there: take the member out before it reads the message.',
  async run(client) {
    const session = await client.session()
    const { capabilities } = assumeResult(session.opening, 'initialize')
    if (isObject(capabilities?.tasks?.requests?.tools?.call)) notApplicable('tools run as tasks on this server')
    const quick = (await knownTools(client)).sort((a, b) => a.ms - b.ms).slice(0, 3)
    for (const { name, arguments: args } of quick) {
      const plain = await callTool(session, name, args)
      if (!isObject(plain.response?.result) || plain.response.result.isError === true) continue
      const params = { name, arguments: args, task: { ttl: 60_000 } }
      const result = expectResult(await session.request('tools/call', params), `${name} called with a task`)
      expect(result.task === undefined, `${name} called with a task becomes one`, 'the result of the tool', result)
      const failed = result.isError === true
      const again = failed ? await callTool(session, name, args) : plain
      assume(again.response?.result?.isError !== true, `${name} succeeds each time it is called`, again)
      expect(!failed, `${name} fails where it is called with a task`, 'the result of the tool', result)
      return
    }
    notTestable('no named tool succeeds')
  },
  fault: onAnswer('tools/call', (_message, params) =>
    isObject(params) && 'task' in params ? rpcError(-32602, 'Unknown parameter: task') : undefined,
  ),
})
