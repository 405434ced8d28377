import { loadChecks } from '../conformance/registry.js'
import { startFaultProxy } from '../target/fault-proxy.js'
import { parseReference } from '../target/resolve.js'
import { UsageError } from '../usage-error.js'
import { wholeNumber } from './options.js'
import type { Terminal } from './terminal.js'

/** Flags of `serve`. */
export interface ServeFlags {
  mode?: string
  auth?: string
  port?: string
  response?: string
  fault?: string
}

/** `mcp-gauntlet serve`: runs the reference server until it is stopped, with --fault behind a proxy that breaks one rule. */
export async function serveCommand(flags: ServeFlags, terminal: Terminal): Promise<number> {
  const query = new URLSearchParams({
    ...(flags.auth ? { auth: flags.auth } : {}),
    ...(flags.response ? { response: flags.response } : {}),
  })
  const options = parseReference(`reference:${flags.mode ?? 'stateful'}?${query}`)
  const port = flags.port ? wholeNumber(flags.port, '--port', 0) : 0
  if (port > 65_535) throw new UsageError(`--port ${port}: ports end at 65535`)
  const fault = flags.fault ? (await loadChecks()).find((check) => check.id === flags.fault) : undefined
  if (flags.fault && !fault)
    throw new UsageError(`--fault ${flags.fault}: there is no such check; mcp-gauntlet list shows every id`)
  const { startReference } = await import('../../reference-server/index.js')
  const proxy = fault ? await onPort(port, () => startFaultProxy(port)) : undefined
  proxy?.aim(`http://127.0.0.1:1/${options.mode === 'sse' ? 'sse' : 'mcp'}`)
  const place = proxy ? { publicUrl: proxy.url } : { port }
  const server = await onPort(port, () => startReference({ ...options, ...place }))
  proxy?.aim(server.url)
  if (fault) proxy?.set(fault.fault)
  terminal.out(`${proxy?.url ?? server.url}\n`)
  if (fault) terminal.err(`breaks: ${fault.title}\n`)
  for (const [kind, token] of Object.entries(server.tokens ?? {})) terminal.err(`token ${kind}: ${token}\n`)
  await new Promise<void>((resolve) => terminal.signal.addEventListener('abort', () => resolve(), { once: true }))
  await proxy?.close()
  await server.close()
  return 0
}

/** Starts what listens on a port; one that cannot be had is the user's to change. */
async function onPort<T>(port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new UsageError(`--port ${port} is taken; choose another, or leave --port out for a free one`)
    if (code === 'EACCES') throw new UsageError(`--port ${port} is not open to this user; choose one above 1023`)
    throw error
  }
}
