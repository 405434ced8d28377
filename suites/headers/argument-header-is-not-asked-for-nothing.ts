import { defineCheck, expectHeaderNotAsked, mismatches } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'No Mcp-Param header is asked for where the argument is left out',
  requirement: 'headers-param-absent-not-expected',
  needs: ['tool', 'x-mcp-header'],
  hint: 'Look at the arguments of the call, not at the schema of the tool: what is not in the body has no header.',
  run: (client) => expectHeaderNotAsked(client, undefined),
  fault: mismatches(
    ({ message, headers }) => message?.params?.name === 'get_air_quality' && headers['mcp-param-day'] === undefined,
  ),
})
