import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description: 'A constant load: ten connections, each busy all the time, for half a minute.',
  loop: 'closed',
  stages: [{ seconds: 30, connections: 10 }],
})
