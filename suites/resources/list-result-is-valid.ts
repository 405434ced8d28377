import { defineCheck, onResult } from '../../src/conformance/check.js'
import { expectPages } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every page of resources/list and every resource on it has the form of the revision',
  requirement: 'schema-resources-list-result',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'uri and name are required; leave optional members out instead of sending null.',
  run: (client) => expectPages(client, 'resources/list', 'ListResourcesResult'),
  fault: onResult('resources/list', (result) => ({
    ...result,
    resources: result.resources.map(({ name: _, ...rest }: any) => rest),
  })),
})
