import {
  calls,
  defineCheck,
  everyRevision,
  expectTurnedAway,
  intruders,
  letIn,
  signedIn,
} from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Nothing is suggested to somebody without good credentials',
  requirement: 'completion-access-controlled',
  needs: ['auth', 'credentials', 'capability:completions'],
  revisions: everyRevision,
  hint: 'completion/complete needs the same guard as tools/call: suggestions are names of things.',
  async run(client) {
    const session = await signedIn(client)
    const step = (await client.survey()).all('completion/complete').find((one) => one.reply.response?.result)
    if (!step) notApplicable('nothing was found that the server completes')
    for (const { name, identity } of intruders(client)) {
      const reply = await session.request('completion/complete', step.params, { identity })
      const what = `completion/complete ${name}`
      expectTurnedAway(reply, what)
    }
  },
  fault: letIn((request, shown, good) => shown !== good && calls('completion/complete')(request)),
})
