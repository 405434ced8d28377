import {
  defineCheck,
  expanded,
  expectNoCrash,
  listedTemplates,
  listedUris,
  mayBeTemplated,
  servesRefused,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const climbs = [
  '../../../../../../etc/passwd',
  '%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%252e%252e%252f%252e%252e%252fetc%252fpasswd',
  '..\\..\\..\\..\\windows\\win.ini',
]
const roots = [
  'file:///etc/passwd',
  'file://localhost/etc/passwd',
  'file:/etc/passwd',
  '/etc/passwd',
  'file:///c:/windows/win.ini',
]

/** What stands in the files that are asked for. */
const foreign = /^[\w-]+:[^:\n]*:\d+:\d+:|^; for 16-bit app support|^\[fonts\]/m

export default defineCheck({
  title: 'No spelling of a path leads out of what the server offers',
  requirement: 'resources-uri-validated',
  needs: ['capability:resources'],
  hint: 'Decode the path once, resolve it, and serve it only if it still lies below the root you expose.',
  async run(client) {
    const survey = await client.survey()
    const folders = listedUris(survey)
      .slice(0, 3)
      .map((uri) => uri.replace(/[^/]*$/, ''))
    const below = [...new Set(['file:///', ...folders])].flatMap((folder) => climbs.map((climb) => folder + climb))
    const instances = listedTemplates(survey)
      .slice(0, 3)
      .flatMap((template) => [...climbs, '/etc/passwd'].map((climb) => expanded(template, climb)))
    const uris = [...new Set([...roots, ...below, ...instances])].filter((uri) => !listedUris(survey).includes(uri))
    const replies = await Promise.all(uris.map((uri) => client.request('resources/read', { uri })))
    for (const [at, reply] of replies.entries()) {
      const what = `a read of ${uris[at]}`
      expectNoCrash(reply, what)
      const contents: unknown[] = reply.response?.result?.contents ?? []
      const text = contents
        .map((one: any) => one?.text ?? Buffer.from(String(one?.blob ?? ''), 'base64').toString())
        .join('\n')
      const served = contents.length > 0 && (foreign.test(text) || !mayBeTemplated(uris[at]!, survey))
      expect(!served, `${what} must not succeed`, 'a JSON-RPC error', text.slice(0, 100))
    }
  },
  fault: servesRefused('resources/read', (params) => ({
    contents: [{ uri: params.uri, text: 'root:x:0:0:root:/root:/bin/sh' }],
  })),
})
