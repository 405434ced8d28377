import { defineCheck, isObject, listedUris, onResult } from '../../src/conformance/check.js'
import { advise, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A read returns contents under the URI that was asked for',
  requirement: 'schema-resources-read-result',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'Put the requested URI into each item; only parts of a resource, such as files of a folder, have URIs of their own.',
  async run(client) {
    const survey = await client.survey()
    const reads = survey.all('resources/read').filter((step) => Array.isArray(step.reply.response?.result?.contents))
    if (reads.length === 0) notTestable('no listed resource could be read')
    for (const { params, reply } of reads) {
      const asked = String(params?.uri)
      const uris = reply.response!.result.contents.filter(isObject).map((one: any) => String(one.uri))
      const others = listedUris(survey).filter(
        (uri) => plain(uri) !== plain(asked) && !plain(uri).startsWith(plain(asked)),
      )
      const strange = uris.find((uri: string) => others.includes(uri))
      expect(!strange || uris.includes(asked), 'a read returned another listed resource', asked, strange)
      const fits = uris.length !== 1 || plain(uris[0]).startsWith(plain(asked))
      advise(fits, 'the one item a read returned has another URI than the one asked for', asked, uris[0])
    }
  },
  fault: onResult('resources/read', (result) => ({
    ...result,
    contents: result.contents.map((one: any) => ({ ...one, uri: 'gauntlet://another' })),
  })),
})

function plain(uri: string): string {
  const text = URL.canParse(uri) ? new URL(uri).href : uri
  return text
    .replace(/%[0-9a-f]{2}/gi, decoded)
    .replace(/\/$/, '')
    .toLowerCase()
}

function decoded(escaped: string): string {
  return String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
}
