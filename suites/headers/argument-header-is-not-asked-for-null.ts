import { defineCheck, expectHeaderNotAsked, mismatches } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'No Mcp-Param header is asked for where the argument is null',
  requirement: 'headers-param-null-not-expected',
  needs: ['tool', 'x-mcp-header'],
  hint: 'null has no form in a header: skip the comparison, and let the schema of the tool judge the argument.',
  run: (client) => expectHeaderNotAsked(client, null),
  fault: mismatches(({ message }) => Object.values(message?.params?.arguments ?? {}).includes(null)),
})
