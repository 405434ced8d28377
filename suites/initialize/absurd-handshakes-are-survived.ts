import { calls, defineCheck, instead } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Absurd versions and capabilities in initialize are answered and leave the server usable',
  requirement: 'lifecycle-error-cases-handled',
  hint: 'Negotiate by comparing text with your list of versions; do not parse the version or index a table with it.',
  async run(client) {
    const absurd = [
      { offer: '0' },
      { offer: '9'.repeat(2000) },
      { offer: '../../💥' },
      { offer: '__proto__' },
      { offer: '1900-01-01', capabilities: { 'com.example/unknown': { deep: [{}] } } },
    ]
    const sessions = await Promise.all(absurd.map((options) => client.open({ ...options, initialized: false })))
    for (const [index, { opening }] of sessions.entries()) {
      const options = absurd[index]!
      const handled = opening.response !== undefined || (opening.status >= 400 && opening.status < 500)
      expect(
        handled && opening.status < 500,
        `initialize with ${JSON.stringify(options).slice(0, 80)} must be answered in an orderly way`,
        'a result or an error',
        describe(opening),
      )
    }
    const control = await client.request('ping')
    expect(
      control.response?.result !== undefined,
      'after absurd handshakes an ordinary session must work',
      'a result',
      describe(control),
    )
  },
  fault: instead(
    (request) => calls('initialize')(request) && /^9{9}/.test(request.message?.params.protocolVersion),
    () => ({ status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>Internal Server Error</h1>' }),
  ),
})
