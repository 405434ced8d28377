import { defineCheck, greeting, metaKey, onResult, shapeProblems } from '../../src/conformance/check.js'
import { advise, assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Icons of the server, its resources, templates and prompts have a src URI, a list of sizes and a known theme',
  requirement: 'schema-icons',
  hint: 'sizes is ["48x48"], not "48x48"; src is an https: or data: URI, since clients refuse other schemes.',
  async run(client) {
    const survey = await client.survey()
    const opening = assumeResult(survey.session.opening, 'the first request')
    const serverInfo = opening.serverInfo ?? opening._meta?.[metaKey.serverInfo]
    for (const item of [serverInfo, ...survey.resources, ...survey.templates, ...survey.prompts]) {
      if (item?.icons === undefined) continue
      const [problem] = shapeProblems('Icons', item.icons, client.revision)
      expect(!problem, `icons of ${item.name} are not valid: ${problem}`, 'Icons', item.icons)
      const strange = item.icons.find((icon: any) => !/^(https?|data):/i.test(icon.src))
      advise(
        !strange,
        `clients refuse icons of other schemes than https and data (${item.name})`,
        'https: or data:',
        strange,
      )
    }
  },
  fault: onResult(greeting, (result) => {
    const serverInfo = { name: 'broken', version: '1', icons: { src: 'https://a.example/i.png' } }
    return result.serverInfo
      ? { ...result, serverInfo }
      : { ...result, _meta: { ...result._meta, [metaKey.serverInfo]: serverInfo } }
  }),
})
