import { defineCheck, expectFlawsRefused, needMirroringTools, overlooksArguments } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A tool call without the Mcp-Param header of an argument it has is refused',
  requirement: 'headers-param-missing-rejected',
  needs: ['tool', 'x-mcp-header'],
  hint: 'Ask for the header of every annotated argument that the body carries; a gateway cannot route by one that is not there.',
  async run(client) {
    await needMirroringTools(client)
    await expectFlawsRefused(client, 'argument missing')
  },
  fault: overlooksArguments((value) => value === undefined),
})
