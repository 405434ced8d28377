import { defineCheck, expanded, expectErrorCode, listedTemplates, wrongCode } from '../../src/conformance/check.js'
import { notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A URI of a known template that leads to nothing yields -32002 or -32602',
  requirement: 'resources-not-found-32002',
  needs: ['capability:resources'],
  hint: 'Where the template finds nothing for its variables, throw -32002; a plain exception becomes -32603.',
  async run(client) {
    const templates = listedTemplates(await client.survey()).slice(0, 5)
    if (templates.length === 0) notApplicable('the server lists no resource templates')
    let refused = 0
    for (const template of templates) {
      const uri = expanded(template, client.canary())
      const reply = await client.request('resources/read', { uri })
      if (reply.response?.error === undefined) continue
      refused++
      if (reply.response.error.code !== -32602)
        expectErrorCode(reply, -32002, `a read of ${uri}, which leads to nothing`)
    }
    if (refused === 0) notTestable('every template accepts an invented value')
  },
  fault: wrongCode('resources/read', -32603),
})
