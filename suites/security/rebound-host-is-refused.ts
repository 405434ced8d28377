import { approachByPing, defineCheck, expectUnserved } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'POST with a foreign Origin and the Host that goes with it is not served',
  requirement: 'security-origin-validation',
  needs: ['loopback'],
  hint: 'Under DNS rebinding Origin and Host agree and both name the attacker: compare with your own names, not with each other.',
  async run(client) {
    const host = `evil.example:${new URL(client.facts.url).port || '80'}`
    expectUnserved(
      client,
      await approachByPing(client, { origin: `http://${host}`, host }),
      `Origin: http://${host} and Host: ${host}`,
    )
  },
  fault: {
    request: ({ headers: { origin, host, ...headers }, ...rest }) =>
      origin === `http://${host}` ? { ...rest, headers } : undefined,
  },
})
