import { approachByPing, defineCheck, expectUnserved } from '../../src/conformance/check.js'

const lookalikes = [
  'http://localhost.evil.example',
  'http://127.0.0.1.evil.example',
  'http://evil-localhost',
  'http://evil127.0.0.1.example',
  'https://evil.example:8443',
]

export default defineCheck({
  title: 'POST with an Origin that merely resembles a local one is not served',
  requirement: 'security-origin-validation',
  needs: ['loopback'],
  hint: 'Parse the Origin and compare its host as a whole; startsWith, endsWith, includes and unanchored patterns let other hosts in.',
  async run(client) {
    for (const origin of lookalikes)
      expectUnserved(client, await approachByPing(client, { origin }), `Origin: ${origin}`)
  },
  fault: {
    request: (r) =>
      r.headers.origin?.startsWith('http://localhost')
        ? { ...r, headers: { ...r.headers, origin: 'http://localhost' } }
        : undefined,
  },
})
