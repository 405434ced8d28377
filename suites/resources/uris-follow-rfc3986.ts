import { defineCheck, isObject, isUri, listedTemplates, onResult } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every URI the server names is one by RFC 3986, and its scheme has a legal name',
  requirement: 'resources-custom-scheme-rfc3986',
  needs: ['capability:resources'],
  hint: 'A scheme is letters, digits, +, - and ., and begins with a letter: no underscore. Percent-encode spaces, braces and all beyond ASCII.',
  async run(client) {
    const survey = await client.survey()
    const contents = survey
      .results('resources/read')
      .flatMap((result) => result.contents ?? [])
      .filter(isObject)
    const blocks = survey
      .results('prompts/get')
      .flatMap((result) => result.messages ?? [])
      .map((message: any) => message?.content)
    const embedded = [...blocks, ...survey.results('tools/call').flatMap((result) => result.content ?? [])].filter(
      isObject,
    )
    const uris = [...survey.resources, ...contents, ...embedded.map((block) => block.resource ?? block)].map(
      (one) => one?.uri,
    )
    const named = uris.filter((uri) => typeof uri === 'string')
    const templates = listedTemplates(survey)
    if (named.length + templates.length === 0) notTestable('the server names no resources')
    for (const uri of named)
      expect(isUri(uri), 'a URI breaks the grammar of RFC 3986', 'scheme:path, percent-encoded', uri)
    for (const template of templates) {
      expect(
        /^([a-z][a-z0-9+.-]*:|\{)/i.test(template),
        'the scheme of a template has no legal name',
        'scheme:',
        template,
      )
    }
  },
  fault: onResult('resources/list', (result) => ({
    ...result,
    resources: result.resources.map((one: any) => ({ ...one, uri: one.uri.replace(/^\w+/, 'my_scheme') })),
  })),
})
