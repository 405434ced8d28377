import { defineCheck, isObject } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that lists tasks declares the tasks capability',
  requirement: 'tasks-capability-declared',
  hint: 'Put `tasks: { list: {} }` into the capabilities of the initialize result, or leave the method out: clients that find none there never ask.',
  async run(client) {
    const { opening } = await client.session()
    const { capabilities } = assumeResult(opening, 'initialize')
    const { response } = await client.request('tasks/list')
    const listed = Array.isArray(response?.result?.tasks)
    const asked = 'tasks are listed, so the capability must be declared'
    expect(!listed || isObject(capabilities?.tasks), asked, 'capabilities.tasks: {}', capabilities)
  },
  fault: {
    message: (message, { call }) =>
      call?.method === 'tasks/list' ? { jsonrpc: '2.0', id: message.id, result: { tasks: [] } } : undefined,
  },
})
