import {
  completedRounds,
  defineCheck,
  isDone,
  isTaken,
  nameOfCall,
  onRetry,
  play,
  retry,
  statesOf,
} from '../../src/conformance/check.js'
import { assume, describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A requestState that was given to one user is not taken from another',
  requirement: 'mrtr-state-bound-to-principal',
  needs: ['modern', 'tool', 'auth', 'credentials', 'second-token'],
  hint: 'Put the authenticated user into the signed state, and compare when it comes back.',
  async run(client) {
    let judged = 0
    for (const { call } of await completedRounds(client)) {
      for (const asked of await statesOf(client, call)) {
        judged++
        const theirs = await client.request(call.method, call.params, { identity: 'second' })
        assume(theirs.status !== 401 && theirs.status !== 403, 'the second user may make the same call', theirs)
        const reply = await retry(client, asked, {}, { identity: 'second' })
        const what = `${nameOfCall(call)} with the state of another user`
        expect(!isTaken(reply, asked), `${what} goes on`, 'an error, or the questions again', describe(reply))
        assume(isDone((await play(client, asked)).last), 'the state is taken from its own user')
      }
    }
    if (judged === 0) notApplicable('no call that asks for input gives a requestState')
  },
  fault: () => {
    const given = new Map<string, string>()
    return {
      ...onRetry((params, request) => {
        const authorization = given.get(params.requestState)
        if (authorization) request.headers.authorization = authorization
        return params
      }),
      message({ result }, { request }) {
        if (typeof result?.requestState === 'string')
          given.set(result.requestState, String(request.headers.authorization))
      },
    }
  },
})
