import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description:
    'More and more connections up to fifty, a while at the top, and down again: where does it begin to slow down?',
  loop: 'closed',
  stages: [
    { name: 'up', seconds: 30, connections: 50, ramp: true },
    { name: 'top', seconds: 15, connections: 50 },
    { name: 'down', seconds: 5, connections: 0, ramp: true },
  ],
})
