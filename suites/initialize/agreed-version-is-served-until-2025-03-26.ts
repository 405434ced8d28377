import { defineCheck, refusesAt, usesAgreedVersions } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Every agreed version up to 2025-03-26 is then served',
  requirement: 'lifecycle-respect-version-should',
  hint: 'Keep the agreed version per session, not per process, and accept every version in the header that you agree to in initialize.',
  run: (client) => usesAgreedVersions(client, '2024-11-05', '2025-03-26'),
  fault: () => refusesAt('2025-03-26'),
})
