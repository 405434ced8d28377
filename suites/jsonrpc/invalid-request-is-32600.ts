import { defineCheck, expectRefusals, modernCodes, onError } from '../../src/conformance/check.js'
import { advise, assumeResult, describe } from '../../src/conformance/expect.js'

const silent = { silence: 'allowed' } as const
const served = { silence: 'poor', result: 'poor' } as const
const bodies: [string, object, object][] = [
  ['a request without a method', { jsonrpc: '2.0', id: 'no-method' }, silent],
  ['an empty object', {}, silent],
  ['a request whose method is a number', { jsonrpc: '2.0', id: 'number', method: 42 }, { silence: 'poor' }],
  ['a request whose method is null', { jsonrpc: '2.0', id: 'null', method: null }, { silence: 'poor' }],
  ['a request whose method is an object', { jsonrpc: '2.0', id: 'object', method: {} }, { silence: 'poor' }],
]
const scalars = ['42', '"ping"', 'null', 'true'].map((value): [string, string, { silence: 'poor' }] => [
  `the body ${value}`,
  value,
  { silence: 'poor' },
])
const otherwiseGood: [string, object][] = [
  ['a request without jsonrpc', { id: 'unversioned' }],
  ['a request with jsonrpc 1.0', { jsonrpc: '1.0', id: 'old' }],
  ['a request whose jsonrpc is a number', { jsonrpc: 2.0, id: 'number-version' }],
]

export default defineCheck({
  title: 'JSON that is no valid request is refused, and a JSON-RPC error for it has the code -32600',
  requirement: 'jsonrpc-invalid-request-code',
  hint: '-32700 is for bodies that are no JSON; what parses but is no request is -32600.',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request(client.plainMethod), 'a ping')
    // Without a method there is nothing for the header to mirror: either fault may be found first.
    const codes = client.modern ? [-32600, modernCodes.headerMismatch] : [-32600]
    const malformed = [...bodies, ...scalars].map(([what, body, leniency]) => ({ what, body, leniency, codes }))
    const dated = otherwiseGood.map(([what, body]) => ({
      what,
      body: { ...body, method: client.plainMethod },
      leniency: served,
      codes: [-32600],
    }))
    await expectRefusals(session, [...malformed, ...dated])
    const after = await session.request(client.plainMethod)
    advise(
      after.response?.result !== undefined,
      'after invalid requests the session is served no longer',
      'an answer to ping',
      describe(after),
    )
  },
  fault: onError((error) => (error.code === -32600 ? { ...error, code: -32603 } : error)),
})
