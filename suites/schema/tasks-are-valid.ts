import { declaring, defineCheck, onAnswer } from '../../src/conformance/check.js'
import { expectResult, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'tasks/list returns tasks with id, status, times and ttl',
  requirement: 'schema-task',
  needs: ['capability:tasks.list'],
  async run(client) {
    const result = expectResult(await client.request('tasks/list'), 'tasks/list')
    expectShape(result, 'ListTasksResult', client.revision, 'the result of tasks/list')
  },
  fault: declaring(
    { tasks: { list: {} } },
    onAnswer('tasks/list', () => ({ result: { tasks: [{ taskId: 7 }] } })),
  ),
})
