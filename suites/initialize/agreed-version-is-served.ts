import { defineCheck, refusesAt, usesAgreedVersions } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Every agreed version of 2025-06-18 or later is then served',
  requirement: 'lifecycle-respect-version',
  hint: 'Keep the agreed version per session, not per process, and accept every version in the header that you agree to in initialize.',
  run: (client) => usesAgreedVersions(client, '2025-06-18', '2025-11-25'),
  fault: () => refusesAt('2025-06-18'),
})
