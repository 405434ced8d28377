import {
  callMirroring,
  defineCheck,
  expectFlawsRefused,
  expectNoResult,
  isServed,
  mirroredTexts,
  overlooksArguments,
  withArgument,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'An Mcp-Param header with characters that no header may have is refused',
  requirement: 'headers-param-invalid-chars-rejected',
  needs: ['tool', 'x-mcp-header'],
  hint: 'Bytes beyond ASCII are not allowed even where they spell the argument: clients have to encode such text.',
  async run(client) {
    for (const { tool, parameter, header, text } of await mirroredTexts(client)) {
      // The same text twice: as Latin-1, which has this letter, and as the bytes of UTF-8.
      const beyond = `${text.replace(/[^ -~]/g, '')}é`
      const call = { arguments: withArgument(tool.arguments, parameter.path, beyond) }
      if (!isServed(await callMirroring(client, tool, call))) continue
      for (const raw of [beyond, Buffer.from(beyond).toString('latin1')])
        expectNoResult(
          await callMirroring(client, tool, { ...call, headers: { [header]: raw } }),
          `${tool.name} with bytes beyond ASCII in ${header}`,
        )
    }
    await expectFlawsRefused(client, 'argument bytes')
  },
  fault: overlooksArguments((value) => /[^\t -~]/.test(value ?? '')),
})
