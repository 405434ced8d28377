import { startReference } from '../../reference-server/index.js'
import { assess, type TargetOptions } from '../../src/conformance/assess.js'
import type { LoadedCheck } from '../../src/conformance/check.js'
import type { Result } from '../../src/report/run.js'
import { type FaultProxy, startFaultProxy } from '../../src/target/fault-proxy.js'

/** One way the reference server runs, and which part of the proof it serves. */
export interface Setting {
  name: string
  mode: 'stateful' | 'stateless' | 'modern' | 'dual' | 'sse'
  response?: 'sse' | 'json'
  auth?: 'none' | 'apikey' | 'credentials' | 'oauth'
}

/** Every setting the clean server must pass in. */
export const settings: readonly Setting[] = [
  { name: 'stateful, SSE answers', mode: 'stateful', response: 'sse' },
  { name: 'stateful, JSON answers', mode: 'stateful', response: 'json' },
  { name: 'stateless, SSE answers', mode: 'stateless', response: 'sse' },
  { name: 'stateless, JSON answers', mode: 'stateless', response: 'json' },
  { name: 'modern, SSE answers', mode: 'modern', response: 'sse' },
  { name: 'modern, JSON answers', mode: 'modern', response: 'json' },
  { name: 'dual, SSE answers', mode: 'dual', response: 'sse' },
  { name: 'HTTP+SSE', mode: 'sse' },
  { name: 'stateful, API key', mode: 'stateful', auth: 'apikey' },
  { name: 'stateless, credentials', mode: 'stateless', response: 'json', auth: 'credentials' },
  { name: 'stateful, OAuth', mode: 'stateful', auth: 'oauth' },
  { name: 'stateless, OAuth', mode: 'stateless', auth: 'oauth' },
  { name: 'modern, API key', mode: 'modern', auth: 'apikey' },
  { name: 'modern, OAuth', mode: 'modern', auth: 'oauth' },
  { name: 'dual, OAuth', mode: 'dual', auth: 'oauth' },
  { name: 'HTTP+SSE, API key', mode: 'sse', auth: 'apikey' },
  { name: 'HTTP+SSE, OAuth', mode: 'sse', auth: 'oauth' },
]

/** A clean reference server behind a proxy that can break it. */
export interface Bench {
  setting: Setting
  proxy: FaultProxy
  /** Runs checks through the proxy as it is now; a URL of two eras gives a result for each. */
  run(checks: LoadedCheck[], revision?: 'auto' | 'all'): Promise<Result[]>
  close(): Promise<void>
}

/** Starts the reference server in a setting, a fault proxy before it, and knows the tokens and safe tools. */
export async function startBench(setting: Setting): Promise<Bench> {
  const proxy = await startFaultProxy()
  proxy.aim(`http://127.0.0.1:1/${setting.mode === 'sse' ? 'sse' : 'mcp'}`)
  const { mode, response, auth } = setting
  const server = await startReference({
    mode,
    ...(response ? { response } : {}),
    ...(auth ? { auth } : {}),
    publicUrl: proxy.url,
  })
  proxy.aim(server.url)
  const tokens = server.tokens
  const target: TargetOptions = {
    tools: server.safeTools,
    ...(tokens ? { token: tokens.valid, secondToken: tokens.second, badTokens: badOf(tokens) } : {}),
  }
  return {
    setting,
    proxy,
    async run(checks, revision = 'auto') {
      const results: Result[] = []
      // Many a fault is silence, which one check should not wait for long; all checks at once keep the clean server busy.
      const timeoutMs = checks.length > 1 ? 5000 : 1500
      for await (const event of assess(proxy.url, checks, { ...target, timeoutMs }, { revision }))
        if (event.type === 'part') results.push(...event.results)
      return results
    },
    async close() {
      await proxy.close()
      await server.close()
    },
  }
}

function badOf(tokens: {
  expired?: string
  wrongAudience?: string
  insufficientScope?: string
}): NonNullable<TargetOptions['badTokens']> {
  return {
    ...(tokens.expired ? { expired: tokens.expired } : {}),
    ...(tokens.wrongAudience ? { 'wrong-audience': tokens.wrongAudience } : {}),
    ...(tokens.insufficientScope ? { 'insufficient-scope': tokens.insufficientScope } : {}),
  }
}

/** The outcome of one check on a URL of two eras: what is worst of what was found, else a pass, else why there is none in the era that comes closest. */
export function outcomeOf(results: readonly Result[]): Result['outcome'] | undefined {
  const order = ['error', 'fail', 'warn', 'pass', 'not-testable']
  const outcomes = results.map((result) => result.outcome)
  return order.flatMap((status) => outcomes.filter((one) => one.status === status))[0] ?? outcomes[0]
}

/** What the proof says of one check in one setting. */
export interface Finding {
  id: string
  clean: Result['outcome']
  /** Absent when the check did not apply to the clean server. */
  broken?: Result['outcome']
}

/** Runs every check on the clean server, then each one that passed behind its own fault. */
export async function prove(bench: Bench, checks: LoadedCheck[]): Promise<Finding[]> {
  bench.proxy.set(undefined)
  const clean = await bench.run(checks)
  const findings: Finding[] = []
  for (const check of checks) {
    const own = clean.filter((result) => result.id === check.id)
    const outcome: Result['outcome'] = outcomeOf(own) ?? { status: 'error', message: 'no result' }
    if (outcome.status !== 'pass') {
      findings.push({ id: check.id, clean: outcome })
      continue
    }
    bench.proxy.set(check.fault)
    const broken = outcomeOf(await bench.run([check]))
    findings.push({
      id: check.id,
      clean: outcome,
      broken: broken ?? {
        status: 'error',
        message: 'no result: the fault kept the server from being judged at all',
      },
    })
  }
  bench.proxy.set(undefined)
  return findings
}
