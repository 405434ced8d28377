import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description:
    'A hundred event streams held open while calls go on: when is the next one refused, and do calls suffer?',
  loop: 'closed',
  streams: { count: 100 },
  think: 0.1,
  stages: [{ seconds: 30, connections: 5 }],
})
