import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Peer } from './peers.js'

/** What a peer shows its users, in ms. */
export interface PeerFigures {
  answered: number
  unsent?: number
  p50: number
  p90: number
  p99: number
  max: number
}

const autocannon = createRequire(import.meta.url)('autocannon')
const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

/** autocannon as it is, with the figures it prints itself; without a rate as a closed loop. */
export async function autocannonItself(
  url: string,
  options: { connections: number; seconds: number; rate?: number },
): Promise<PeerFigures> {
  const { connections, seconds, rate } = options
  const found = await autocannon({
    url,
    method: 'POST',
    headers,
    body,
    connections,
    duration: seconds,
    ...(rate === undefined ? {} : { overallRate: rate }),
  })
  const { p50, p90, p99, max } = found.latency
  return { answered: found['2xx'], p50, p90, p99, max }
}

/** k6 at a constant arrival rate, with as many virtual users as the longest wait needs. */
export async function k6Itself(
  k6: Peer,
  url: string,
  options: { users: number; seconds: number; rate: number },
): Promise<PeerFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-k6-'))
  const script = join(folder, 'script.js')
  const { users, seconds, rate } = options
  const scenario = {
    executor: 'constant-arrival-rate',
    rate,
    timeUnit: '1s',
    duration: `${seconds}s`,
    preAllocatedVUs: users,
    maxVUs: users,
  }
  writeFileSync(
    script,
    `import http from 'k6/http'
export const options = { scenarios: { one: ${JSON.stringify(scenario)} }, summaryTrendStats: ['med', 'p(90)', 'p(99)', 'max'] }
export default () => http.post(${JSON.stringify(url)}, ${JSON.stringify(body)}, { headers: ${JSON.stringify(headers)} })
export const handleSummary = ({ metrics }) => ({ stdout: JSON.stringify({
  times: metrics.http_req_duration.values, answered: metrics.http_reqs.values.count,
  unsent: metrics.dropped_iterations ? metrics.dropped_iterations.values.count : 0 }) })`,
  )
  try {
    const { stdout } = await promisify(execFile)(k6.file, ['run', '--quiet', '--no-usage-report', script], {
      env: { ...process.env, ...k6.env },
    })
    const { times, answered, unsent } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      times: Record<string, number>
      answered: number
      unsent: number
    }
    return { answered, unsent, p50: times.med!, p90: times['p(90)']!, p99: times['p(99)']!, max: times.max! }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
