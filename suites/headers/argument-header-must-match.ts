import { defineCheck, expectFlawsRefused, needMirroringTools, overlooksArguments } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A tool call whose Mcp-Param header differs from its argument is refused',
  requirement: 'headers-param-mismatch-rejected',
  needs: ['tool', 'x-mcp-header'],
  hint: 'Compare each annotated argument, of every type, with the decoded header before the tool runs.',
  async run(client) {
    await needMirroringTools(client)
    await expectFlawsRefused(client, 'argument other')
  },
  fault: overlooksArguments((value) => value !== undefined),
})
