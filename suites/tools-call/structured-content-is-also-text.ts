import { isDeepStrictEqual } from 'node:util'
import { defineCheck, onResult, parseJson, toolResults } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A result with structuredContent says the same as JSON in a text block',
  requirement: 'tools-structured-content-text',
  needs: ['tool'],
  atEachRevision: true,
  hint: 'Add { type: "text", text: JSON.stringify(structuredContent) }: clients from before 2025-06-18 read nothing else.',
  async run(client) {
    const results = (await toolResults(client, true)).filter(
      ({ result }) => result.structuredContent !== undefined && result.isError !== true,
    )
    if (results.length === 0) notApplicable('no named tool returns structuredContent')
    for (const { result, what } of results) {
      const blocks: any[] = Array.isArray(result.content) ? result.content : []
      const said = blocks.map((block) => (block?.type === 'text' ? parseJson(String(block.text)) : undefined))
      const held =
        said.some((one) => isDeepStrictEqual(one, result.structuredContent)) ||
        isWrapped(result.structuredContent, blocks)
      expect(
        held,
        `no text block of ${what} holds its structuredContent as JSON`,
        JSON.stringify(result.structuredContent),
        blocks,
      )
    }
  },
  fault: onResult('tools/call', (result) =>
    result.structuredContent ? { ...result, content: [{ type: 'text', text: 'See structuredContent' }] } : result,
  ),
})

/** A plain value that stands as { result: value } only because structuredContent has to be an object: its text may be the value alone. */
function isWrapped(structured: any, blocks: any[]): boolean {
  if (Object.keys(structured ?? {}).join() !== 'result') return false
  const values: unknown[] = Array.isArray(structured.result) ? structured.result : [structured.result]
  return (
    blocks.length === values.length &&
    values.every(
      (value, i) => blocks[i]?.text === value || isDeepStrictEqual(parseJson(String(blocks[i]?.text)), value),
    )
  )
}
