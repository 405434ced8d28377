import { defineCheck, expectMethodGone, instead } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'GET is answered with 405',
  requirement: 'transport-get-405',
  needs: ['modern-only'],
  hint: 'There is no stream to open by GET any more: answer 405 with Allow: POST, so that older clients stop trying.',
  run: (client) => expectMethodGone(client, 'GET'),
  fault: instead(
    (request) => request.method === 'GET',
    () => ({ status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' }),
  ),
})
