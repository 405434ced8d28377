import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description:
    'A quiet rate, ten times as much all at once, and quiet again: does it survive, and how soon does it recover?',
  loop: 'open',
  connections: 100,
  stages: [
    { name: 'quiet', seconds: 10, rate: 20 },
    { name: 'spike', seconds: 10, rate: 200 },
    { name: 'after', seconds: 20, rate: 20 },
  ],
})
