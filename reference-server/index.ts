import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildApp } from './app.js'
import type { ReferenceOptions, RunningReference } from './options.js'
import { settle } from './settings.js'
import { safeTools } from './weather/tools/index.js'

export type * from './options.js'

const GRACE_MS = 500

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(impatience)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/**
 * Starts the weather server and resolves once it listens. Rejects when the port is taken (EADDRINUSE) or publicUrl is
 * no URL.
 */
export async function startReference(options: ReferenceOptions): Promise<RunningReference> {
  if (options.publicUrl !== undefined) new URL(options.publicUrl)
  const server = createServer()
  // Above the idle timeout of common load balancers, which would otherwise reuse a socket that is being closed.
  server.keepAliveTimeout = 75_000
  server.headersTimeout = 80_000
  const starting = listen(server, options.host ?? '127.0.0.1', options.port ?? 0).then(async (port) => {
    const settings = settle(options, port)
    return { settings, app: await buildApp(settings) }
  })
  // Whoever connects while the keys are still being made waits for the answer.
  server.on('request', (req, res) => void starting.then(({ app }) => app.express(req, res)))
  const { settings, app } = await starting
  return {
    url: settings.ownUrl.href,
    ...(app.tokens && { tokens: app.tokens }),
    safeTools: safeTools(options.mode),
    async close() {
      await app.close()
      await stop(server)
    },
  }
}
