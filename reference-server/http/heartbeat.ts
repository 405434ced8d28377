import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { EmptyResultSchema } from '@modelcontextprotocol/sdk/types.js'

const ANSWER_MS = 30_000

/**
 * Pings the client on its server stream in this interval (ping-periodic) and calls `dead` once a ping stays without an
 * answer for 30 seconds, or the interval if that is shorter (ping-timeout-is-failure). Returns the function that stops it.
 */
export function beat(server: Server, intervalMs: number, dead: () => void): () => void {
  const timer = setInterval(() => {
    server.request({ method: 'ping' }, EmptyResultSchema, { timeout: Math.min(ANSWER_MS, intervalMs) }).catch(dead)
  }, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}
