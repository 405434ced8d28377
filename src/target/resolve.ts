import { Worker } from 'node:worker_threads'
import type { ReferenceOptions, RunningReference } from '../../reference-server/index.js'
import type { TargetOptions } from '../conformance/assess.js'
import { UsageError } from '../usage-error.js'
import type { StartedProcess } from '../wire/uptime.js'
import { startApart } from './apart.js'

/** A target that is up: its URL, what is known about how to use it, and how to let go of it. */
export interface Target {
  url: string
  name?: string
  /** Tokens and safe tools that come with an embedded server; what the user gives goes before them. */
  options: TargetOptions
  /** The process of a server that was started for this run; its children count too. */
  pid?: number
  /** How the server that was started for this run ends, should it, and what it printed last. */
  started?: StartedProcess
  /** Reads what a server that is no process of ours has used: CPU seconds since it began, resident memory now in KiB. */
  use?(): Promise<{ cpuSeconds: number; rssKib: number } | undefined>
  close(): Promise<void>
}

/**
 * Makes a target of what stands where a URL may stand: an http(s) URL, or `reference:<mode>` for the server inside, on a thread or, for
 * measurements, `apart` in a process of its own.
 */
export async function resolveTarget(text: string, { apart = false } = {}): Promise<Target> {
  if (text.startsWith('reference:')) return startEmbedded(text, apart)
  if (!URL.canParse(text))
    throw new UsageError(`"${text}" is no URL; give one such as http://localhost:3000/mcp, or reference:stateful`)
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`"${text}": only http and https URLs can be judged`)
  if (url.username || url.password)
    throw new UsageError(
      `${url.host}: take the credentials out of the URL and pass them with --token-env or --header-file`,
    )
  url.hash = ''
  return { url: url.href, options: {}, close: async () => {} }
}

const modes = ['stateful', 'stateless', 'modern', 'dual', 'sse'] as const
const auths = ['none', 'apikey', 'credentials', 'oauth'] as const
const responses = ['sse', 'json'] as const

/** Reads `reference:<mode>?auth=…&response=…` into options of the reference server. */
export function parseReference(text: string): {
  mode: (typeof modes)[number]
  auth: (typeof auths)[number]
  response?: (typeof responses)[number]
} {
  const [head = '', query = ''] = text.slice('reference:'.length).split('?', 2)
  const params = new URLSearchParams(query)
  const pick = <T extends string>(list: readonly T[], value: string | null, what: string): T | undefined => {
    if (value === null || value === '') return undefined
    const found = list.find((one) => one === value)
    if (!found) throw new UsageError(`${text}: ${what} "${value}" is unknown; choose ${list.join(', ')}`)
    return found
  }
  for (const key of params.keys())
    if (key !== 'auth' && key !== 'response')
      throw new UsageError(`${text}: "${key}" is unknown; choose auth or response`)
  const response = pick(responses, params.get('response'), 'response')
  return {
    mode: pick(modes, head, 'mode') ?? 'stateful',
    auth: pick(auths, params.get('auth'), 'auth') ?? 'none',
    ...(response ? { response } : {}),
  }
}

/** Starts the reference server on a thread of its own; run from TypeScript sources, which threads cannot load, in this one. */
async function startOnThread(options: ReferenceOptions): Promise<RunningReference> {
  if (import.meta.url.endsWith('.ts')) return (await import('../../reference-server/index.js')).startReference(options)
  const worker = new Worker(new URL('../../reference-server/worker.js', import.meta.url), { workerData: options })
  const described = await new Promise<RunningReference>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return {
    ...described,
    async close() {
      worker.postMessage('close')
      await ended
    },
  }
}

async function startEmbedded(text: string, apart: boolean): Promise<Target> {
  const options = parseReference(text)
  const built = !import.meta.url.endsWith('.ts')
  const server: RunningReference & { pid?: number } = await (apart && built
    ? startApart(options)
    : startOnThread(options))
  const tokens = server.tokens
  const bad: NonNullable<TargetOptions['badTokens']> = {}
  if (tokens?.expired) bad.expired = tokens.expired
  if (tokens?.wrongAudience) bad['wrong-audience'] = tokens.wrongAudience
  if (tokens?.insufficientScope) bad['insufficient-scope'] = tokens.insufficientScope
  return {
    url: server.url,
    name: text,
    options: {
      tools: server.safeTools,
      ...(tokens ? { token: tokens.valid, secondToken: tokens.second, badTokens: bad } : {}),
    },
    ...(server.pid ? { pid: server.pid } : {}),
    close: () => server.close(),
  }
}
