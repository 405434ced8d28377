import { defineCheck, expanded, expectErrorCode, listedTemplates, wrongCode } from '../../src/conformance/check.js'
import { notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A URI of a known template that leads to nothing yields -32602',
  requirement: 'resources-not-found-32602',
  needs: ['capability:resources'],
  hint: 'Where the template finds nothing for its variables, throw -32602; a plain exception becomes -32603.',
  async run(client) {
    const templates = listedTemplates(await client.survey()).slice(0, 5)
    if (templates.length === 0) notApplicable('the server lists no resource templates')
    let refused = 0
    for (const template of templates) {
      const uri = expanded(template, client.canary())
      const reply = await client.request('resources/read', { uri })
      if (reply.response?.error === undefined) continue
      refused++
      expectErrorCode(reply, -32602, `a read of ${uri}, which leads to nothing`)
    }
    if (refused === 0) notTestable('every template accepts an invented value')
  },
  fault: wrongCode('resources/read', -32603),
})
