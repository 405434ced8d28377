import type { AuthMode, ReferenceMode, ReferenceOptions } from './options.js'

/** The options with all defaults and derived values filled in. */
export interface Settings {
  mode: ReferenceMode
  json: boolean
  auth: AuthMode
  /** The endpoint as reached directly. */
  ownUrl: URL
  /** The endpoint as clients know it. */
  publicUrl: URL
  sessionIdleMs: number
  pingIntervalMs: number
  answerSeconds: number
  env: Record<string, string | undefined>
}

/** The path of the MCP endpoint; in mode sse of the event stream. */
export function endpointPath(mode: ReferenceMode): string {
  return mode === 'sse' ? '/sse' : '/mcp'
}

/** Completes the options once the port is known. Throws TypeError for a publicUrl that is no URL. */
export function settle(options: ReferenceOptions, port: number): Settings {
  const host = options.host ?? '127.0.0.1'
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  const authority = reachable.includes(':') ? `[${reachable}]` : reachable
  const ownUrl = new URL(`http://${authority}:${port}${endpointPath(options.mode)}`)
  return {
    mode: options.mode,
    json: options.response === 'json',
    auth: options.auth ?? 'none',
    ownUrl,
    publicUrl: options.publicUrl === undefined ? ownUrl : new URL(options.publicUrl),
    sessionIdleMs: options.sessionIdleMs ?? 30 * 60_000,
    pingIntervalMs: options.pingIntervalMs ?? 60_000,
    answerSeconds: options.answerSeconds ?? 120,
    env: options.env ?? process.env,
  }
}
