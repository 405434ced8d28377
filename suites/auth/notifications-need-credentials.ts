import {
  calls,
  defineCheck,
  everyRevision,
  expectAllShut,
  letIn,
  oneWayDoors,
  signedIn,
  stranger,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Notifications and responses posted without credentials are answered with 401, not with 202',
  requirement: 'auth-401-when-required',
  needs: ['auth', 'credentials'],
  revisions: everyRevision,
  hint: 'A 202 for every notification is often sent before the authentication runs; a stranger can then cancel the calls of others.',
  async run(client) {
    await expectAllShut(client, oneWayDoors(await signedIn(client)), [stranger])
  },
  fault: letIn((request, shown) => shown === undefined && calls('notifications/initialized')(request)),
})
