import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description: 'A session for every request: initialize, the call, DELETE. What do sessions cost?',
  loop: 'closed',
  session: 'per-request',
  stages: [{ seconds: 30, connections: 10 }],
  thresholds: ['rate(errors)<1%', 'initialize:rate(errors)<1%', 'DELETE:rate(errors)<1%'],
})
