import { defineCheck, onRetry, replaysOfState } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A requestState is taken only with the request it was given for',
  requirement: 'mrtr-state-bound-to-request',
  needs: ['modern', 'tool'],
  hint: 'Put the method and a digest of the params into the signed state, and compare when it comes back.',
  async run(client) {
    for (const { what, taken, reply } of await replaysOfState(client))
      expect(!taken, `${what} goes on`, 'an error, or the questions again', describe(reply))
  },
  fault: () => {
    const given = new Map<string, any>()
    return {
      ...onRetry((params) => {
        const { arguments: args = params.arguments } = given.get(params.requestState) ?? {}
        return { ...params, arguments: args }
      }),
      message({ result }, { call }) {
        if (typeof result?.requestState === 'string') given.set(result.requestState, call?.params)
      },
    }
  },
})
