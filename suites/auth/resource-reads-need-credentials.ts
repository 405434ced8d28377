import {
  calls,
  defineCheck,
  everyRevision,
  expectTurnedAway,
  intruders,
  isObject,
  letIn,
  signedIn,
} from '../../src/conformance/check.js'
import { assumeResult, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Resources are not read to somebody without good credentials',
  requirement: 'resources-access-controlled',
  needs: ['auth', 'credentials', 'capability:resources'],
  revisions: everyRevision,
  hint: 'resources/read needs the same guard as tools/call.',
  async run(client) {
    const session = await signedIn(client)
    const listed = assumeResult(await session.request('resources/list'), 'resources/list').resources
    const uris = (Array.isArray(listed) ? listed : [])
      .filter((one) => isObject(one) && typeof one.uri === 'string')
      .slice(0, 3)
    if (uris.length === 0) notApplicable('the server lists no resource')
    for (const { uri } of uris) {
      for (const { name, identity } of intruders(client)) {
        const reply = await session.request('resources/read', { uri }, { identity })
        const what = `resources/read of ${uri} ${name}`
        expectTurnedAway(reply, what)
      }
    }
  },
  fault: letIn((request, shown, good) => shown !== good && calls('resources/read')(request)),
})
