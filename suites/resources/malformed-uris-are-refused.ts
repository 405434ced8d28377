import { askAll, defineCheck, expectNoCrash, servesRefused } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

const malformed = [
  '',
  ' ',
  'no-uri-at-all',
  '/etc/hostname',
  '../..',
  '://',
  'http://',
  '%%%',
  'file:///%zz',
  '__proto__',
  'constructor',
  'a:\u0000b',
]

export default defineCheck({
  title: 'Reads of texts that are no URI are refused in an orderly way',
  requirement: 'resources-uri-validated',
  needs: ['capability:resources'],
  hint: 'Parse the URI before use and answer with an error when it does not parse; look names up in a Map, not in a plain object.',
  async run(client) {
    const listed = (await client.survey()).resources.map((resource) => resource.uri)
    const all = malformed.filter((one) => !listed.includes(one)).map((uri) => ({ uri }))
    for (const { reply, what } of await askAll(client, 'resources/read', all)) {
      expectNoCrash(reply, what)
      const contents = reply.response?.result?.contents
      expect(
        !Array.isArray(contents) || contents.length === 0,
        `${what} must not succeed`,
        'a JSON-RPC error',
        contents,
      )
      advise(
        reply.response?.result === undefined,
        `${what} is answered as if it were a resource`,
        'a JSON-RPC error',
        reply.response,
      )
    }
  },
  fault: servesRefused('resources/read', (params) => ({ contents: [{ uri: params.uri, text: 'some' }] })),
})
