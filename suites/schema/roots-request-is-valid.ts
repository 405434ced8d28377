import { asksUnfitly, defineCheck, expectRequestsValid } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Requests for roots have the form of the revision',
  requirement: 'schema-roots-request',
  needs: ['tool'],
  run: (client) => expectRequestsValid(client, 'roots/list', 'ListRootsRequest'),
  fault: asksUnfitly('roots/list', []),
})
