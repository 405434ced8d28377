import {
  defineCheck,
  everyRevision,
  expectAllShut,
  letIn,
  requestDoors,
  signedIn,
  stranger,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Every request without credentials is answered with 401, whatever its method, also in a live session',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'Guard the HTTP route, not single JSON-RPC methods: a list of public methods is a list of holes.',
  async run(client) {
    await expectAllShut(client, requestDoors(client, await signedIn(client)), [stranger])
  },
  fault: letIn(
    (request, shown) => shown === undefined && /^(ping|prompts\/list)$/.test(String(request.message?.method)),
  ),
})
