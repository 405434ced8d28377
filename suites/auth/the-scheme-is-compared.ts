import { defineCheck, entrance, entryOf, everyRevision, letIn, signedIn } from '../../src/conformance/check.js'
import { advise, describe, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The good token under a scheme that was not agreed is refused',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Taking the second word of the Authorization header, whatever the first one is, mixes up schemes. Compare the scheme, in any case of its letters.',
  async run(client) {
    const { header, scheme, token } = client.given.credential!
    if (!scheme || !/^bearer$/i.test(scheme)) notApplicable('the credential is no bearer token')
    await signedIn(client)
    for (const wrong of ['Basic ', 'Token ', 'Digest ', '']) {
      const reply = await entrance(client).knock([[header, `${wrong}${token}`]])
      reply.close()
      advise(
        entryOf(reply) === undefined,
        `the good token is accepted ${wrong ? `under the scheme ${wrong}` : 'without a scheme'}`,
        'HTTP 401',
        describe(reply),
      )
    }
  },
  fault: letIn((_request, shown, good) => shown !== good && shown?.split(' ')[1] === good.split(' ')[1]),
})
