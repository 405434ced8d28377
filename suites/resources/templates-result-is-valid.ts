import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expectShape, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Resource templates have the form of the revision and are templates by RFC 6570',
  requirement: 'schema-resource-templates-result',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'uriTemplate holds variables in single braces, as {id} or {+path}; a dollar before the brace, double braces and <id> are no RFC 6570.',
  async run(client) {
    const pages = (await client.survey()).results('resources/templates/list')
    if (pages.length === 0) notApplicable('the server does not offer resources/templates/list')
    for (const page of pages) {
      expectShape(page, 'ListResourceTemplatesResult', client.revision, 'the result of resources/templates/list')
    }
  },
  fault: onResult('resources/templates/list', (result) => ({
    ...result,
    resourceTemplates: result.resourceTemplates.map((one: any) => ({ ...one, uriTemplate: `${one.uriTemplate}/{` })),
  })),
})
