import { defineCheck, onRetry, tamperWithState } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A requestState that was altered is not taken',
  requirement: 'mrtr-tampered-state-rejected',
  needs: ['modern', 'tool'],
  hint: 'The state is in the hands of the client: sign or encrypt all of it, and verify before you look inside.',
  run: (client) => tamperWithState(client),
  fault: () => {
    const known: string[] = []
    return {
      ...onRetry((params) => {
        const like = known.findLast((one) => String(params.requestState).startsWith(one.slice(0, 20)))
        return like && { ...params, requestState: like }
      }),
      message({ result }) {
        if (typeof result?.requestState === 'string') known.push(result.requestState)
      },
    }
  },
})
