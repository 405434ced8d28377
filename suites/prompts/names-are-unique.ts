import { defineCheck, namedTwice, onResult } from '../../src/conformance/check.js'
import { advise, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No two prompts, and no two arguments of a prompt, have the same name',
  requirement: 'schema-prompts-list-result',
  needs: ['capability:prompts'],
  atEachRevision: true,
  async run(client) {
    const { prompts } = await client.survey()
    if (prompts.length === 0) notTestable('prompts/list shows no prompts')
    const [doubled] = await namedTwice(client, 'prompts/list')
    advise(doubled === undefined, 'a name is listed more than once', 'unique names', doubled)
    for (const prompt of prompts) {
      const names = (Array.isArray(prompt.arguments) ? prompt.arguments : []).map((item: any) => item?.name)
      const twice = names.filter((name: unknown, at: number) => names.indexOf(name) < at)
      advise(twice.length === 0, 'a name is listed more than once', 'unique names', twice[0])
    }
  },
  fault: onResult('prompts/list', (result) => ({
    ...result,
    prompts: result.prompts.flatMap((one: any) => [one, one]),
  })),
})
