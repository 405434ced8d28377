/**
 * How the reference server speaks: Streamable HTTP with or without sessions, as of 2026-07-28, as both that and with
 * sessions on one endpoint, or the HTTP+SSE transport of 2024-11-05.
 */
export type ReferenceMode = 'stateful' | 'stateless' | 'modern' | 'dual' | 'sse'

/** How Streamable HTTP answers a request: one event stream per request, or one JSON body. */
export type ResponseFormat = 'sse' | 'json'

/** Who may call: everybody, holders of an API key, holders of env-style credentials, or holders of a JWT of the issuer. */
export type AuthMode = 'none' | 'apikey' | 'credentials' | 'oauth'

/** What {@link startReference} needs to know; every member but `mode` has a default. */
export interface ReferenceOptions {
  mode: ReferenceMode
  /** Default `sse`; without effect in mode `sse`. */
  response?: ResponseFormat
  /** Default `none`. */
  auth?: AuthMode
  /** Interface to listen on, default 127.0.0.1. */
  host?: string
  /** Default 0: a free port. */
  port?: number
  /**
   * The URL that clients use, for instance of a proxy in front; default: the own URL. The Host and Origin allow lists
   * and the OAuth resource, audience and issuer derive from it.
   */
  publicUrl?: string
  /** Milliseconds after which an unused session ends, default 30 minutes. */
  sessionIdleMs?: number
  /** Milliseconds between the pings on an open server stream, default one minute. */
  pingIntervalMs?: number
  /** Seconds for which the answers to a tool's questions may be sent (`requestState` of 2026-07-28), default 120. */
  answerSeconds?: number
  /** Where WEATHER_API_KEY, WEATHER_SECOND_API_KEY and WEATHER_USER come from, default `process.env`. */
  env?: Record<string, string | undefined>
}

/** Bearer tokens of two users, and in mode oauth three that must be refused. */
export interface ReferenceTokens {
  valid: string
  /** Another user's. */
  second: string
  expired?: string
  wrongAudience?: string
  /** Genuine, but without the scope that every MCP request needs: HTTP 403. */
  insufficientScope?: string
}

/** A tool that changes nothing, with arguments that succeed. */
export interface SafeTool {
  name: string
  arguments: Record<string, unknown>
  /** True for a tool that only clients of 2026-07-28 are offered. */
  modern?: true
}

/** A reference server that listens. */
export interface RunningReference {
  /** The MCP endpoint as reached directly, for instance `http://127.0.0.1:PORT/mcp` (mode sse: `/sse`). */
  url: string
  /** Present when auth is not `none`. */
  tokens?: ReferenceTokens
  safeTools: SafeTool[]
  /** Ends sessions and streams and frees the port, within about a second. */
  close(): Promise<void>
}
