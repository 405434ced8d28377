import { defineCheck, onResult } from '../../src/conformance/check.js'
import { advise, assume, assumeResult, expect, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'tools/list shows the same tools again: after other calls, after errors and in another session',
  requirement: 'tools-list-answered-legacy',
  needs: ['capability:tools'],
  hint: 'Build the list from the registered tools on each request, and register them for every session, not only for the first.',
  async run(client) {
    const first = await client.session()
    const before = namesOf(assumeResult(await first.request('tools/list'), 'tools/list'))
    const shown = namesOf(await client.survey())
    assume(before.length + shown.length > 0, 'the server has tools')
    await first.request('tools/call', { name: client.canary(), arguments: {} })
    await first.request('ping')
    const second = await client.open()
    const lists = await Promise.all([first, second, first].map((session) => session.request('tools/list')))
    const told = [...first.received, ...second.received].some(
      ({ message }: any) => message?.method === 'notifications/tools/list_changed',
    )
    for (const reply of lists) {
      assume(reply.response !== undefined, 'tools/list is answered', reply)
      const list = expectResult(reply, 'tools/list, asked again,')
      const names = namesOf(list)
      expect(
        names.length > 0 && before.length > 0,
        'the same tools/list, asked twice, shows tools once and none another time',
        shown,
        list,
      )
      advise(
        told || client.facts.capabilities.tools?.listChanged || names.join() === before.join(),
        'the list of tools changed between two requests and nobody was told',
        before,
        names,
      )
    }
  },
  fault() {
    let used = false
    return {
      request(request) {
        used ||= request.message?.method === 'tools/call'
        return undefined
      },
      ...onResult('tools/list', (result) => (used ? { ...result, tools: [] } : result)),
    }
  },
})

function namesOf(result: any): string[] {
  return Array.isArray(result?.tools) ? result.tools.map((tool: any) => String(tool?.name)).sort() : []
}
