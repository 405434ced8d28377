import { defineProfile } from '../../src/load/profile.js'

export default defineProfile({
  description: 'The highest rate at which 99 of 100 answers come within half a second, and none is lost.',
  loop: 'open',
  connections: 200,
  stages: [],
  capacity: { from: 50, to: 20_000, stepSeconds: 5, objective: ['p(99)<500ms', 'rate(errors)<1%'] },
})
