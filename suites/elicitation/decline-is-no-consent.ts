import { defineCheck, expectDeclineHandled, onRetry } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Where the user declines or cancels, the server goes on in good order and without what was asked for',
  requirement: 'elicitation-decline-handled',
  needs: ['modern', 'tool'],
  hint: 'Look at action before content: there is none after decline, and what is there was not agreed to.',
  run: (client) => expectDeclineHandled(client),
  fault: onRetry(({ inputResponses, ...params }) => ({
    ...params,
    inputResponses: Object.fromEntries(
      Object.entries<any>(inputResponses ?? {}).map(([key, one]) => [key, { ...one, action: 'accept' }]),
    ),
  })),
})
