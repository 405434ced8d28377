import { defineCheck, isObject, onResult, shapeProblems } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Annotations name an audience of user and assistant, a priority of 0 to 1 and lastModified as text',
  requirement: 'schema-annotations',
  atEachRevision: true,
  hint: 'priority is a fraction from 0 to 1, audience a list of roles, lastModified an ISO 8601 text.',
  async run(client) {
    const survey = await client.survey()
    const blocks = survey
      .results('prompts/get')
      .flatMap((result) => result.messages ?? [])
      .map((message: any) => message?.content)
    const content = survey.results('tools/call').flatMap((result) => result.content ?? [])
    for (const item of [...survey.resources, ...survey.templates, ...blocks, ...content]) {
      if (!isObject(item) || item.annotations === undefined) continue
      const [problem] = shapeProblems('Annotations', item.annotations, client.revision)
      expect(!problem, `annotations are not valid: ${problem}`, 'Annotations', item.annotations)
      const { lastModified } = item.annotations
      const dated = lastModified === undefined || !Number.isNaN(Date.parse(lastModified))
      advise(
        dated || client.revision < '2025-06-18',
        'lastModified is no ISO 8601 time',
        '2025-01-12T15:00:58Z',
        lastModified,
      )
    }
  },
  fault: onResult('resources/list', (result) => ({
    ...result,
    resources: result.resources.map((one: any) => ({ ...one, annotations: { audience: ['user'], priority: 5 } })),
  })),
})
