import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description: 'A session for every request that nobody ends: does the server let go of them by itself?',
  loop: 'closed',
  session: 'per-request',
  afterwards: 'leave',
  stages: [{ seconds: 30, connections: 10 }],
  thresholds: ['rate(errors)<1%', 'initialize:rate(errors)<1%'],
})
