import { runLoad } from '../../src/load/run.js'

/* Our generator as the command line runs it, calling a tool in sessions: `calls.js <url> <seconds> <connections>`. */

const [url = '', seconds = '', connections = ''] = process.argv.slice(2)
const stage = { seconds: Number(seconds) || 0.01, connections: Number(connections) }
let calls = 0

const events = runLoad(
  {
    url,
    profileName: 'bench',
    profile: { description: 'A steady closed loop', loop: 'closed', stages: [stage] },
    mode: 'stateful',
    session: 'per-connection',
    revision: '2025-06-18',
    requests: [{ method: 'tools/call', params: { name: 'echo', arguments: { text: '{canary}' } }, echoes: true }],
    headers: [],
    secrets: [],
    thresholds: [],
    timeoutMs: 10_000,
    workers: 1,
  },
  new AbortController().signal,
)
for await (const event of events) {
  if (event.type !== 'done') continue
  const { phases } = event.load
  if (seconds !== '0' && phases['tools/call']?.failed !== 0)
    throw new Error(`not all calls were good: ${JSON.stringify(phases)}`)
  calls = phases['tools/call']?.count ?? 0
}
if (calls === 0 && seconds !== '0') throw new Error('nothing was measured')
