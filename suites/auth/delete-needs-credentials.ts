import { defineCheck, everyRevision, expectShut, intruders, letIn, signedIn } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Nobody ends a session without good credentials',
  requirement: 'auth-every-request-verified',
  needs: ['auth', 'credentials', 'session'],
  revisions: everyRevision,
  hint: 'Guard DELETE as POST is guarded; else whoever learns a session id can end the session.',
  async run(client) {
    const session = await signedIn(client)
    const control = await session.request('ping')
    assume(control.status === 200, 'a ping in the live session is answered', control)
    for (const { name, identity } of intruders(client)) {
      const reply = await session.delete({}, { identity })
      const after = await session.request('ping')
      expect(
        after.status === 200 || after.status === 429,
        `a DELETE ${name} ended the session of another`,
        'the session lives on',
        `HTTP ${after.status}`,
      )
      expectShut(client, reply, `DELETE ${name}`, [405])
    }
  },
  fault: letIn((request, shown, good) => request.method === 'DELETE' && shown !== good),
})
