import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description: 'A moderate rate for ten minutes: does it grow slower or larger with time?',
  loop: 'open',
  connections: 20,
  stages: [{ seconds: 600, rate: 50 }],
})
