import { createRequire } from 'node:module'
import type { Dispatcher, Agent as Pool, buildConnector as toConnect } from 'undici'

export type { buildConnector as Connecting, Dispatcher } from 'undici'

// The package as a whole also loads fetch, mocks, caches and WebSockets. None of it is used, and it takes longer than the rest.
const part = createRequire(import.meta.url)

/** Connections by origin. */
export const Agent: new (options: Pool.Options) => Dispatcher = part('undici/lib/dispatcher/agent.js')

/** What makes the connections of an agent. */
export const buildConnector: typeof toConnect = part('undici/lib/core/connect.js')
