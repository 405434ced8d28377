import { defineConfig, defineProfile } from 'mcp-gauntlet'

const busy = defineProfile({ description: 'Busy.', loop: 'closed', stages: [{ seconds: 1, connections: 2 }] })

export default defineConfig({
  url: 'reference:stateless',
  check: { suites: ['initialize'] },
  load: { profile: busy, method: 'tools/list', thresholds: ['rate(errors)<1%'] },
  reports: ['junit=results.xml'],
  out: 'reports',
})
