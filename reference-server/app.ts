import express, { type Express } from 'express'
import type { Authenticator } from './auth/caller.js'
import { authFor } from './auth/index.js'
import { endpoint, type Transport } from './http/endpoint.js'
import { originGuard } from './http/origin-guard.js'
import { Refusal, refuseErrors, refuseErrorsByStatus } from './http/refusal.js'
import type { ReferenceTokens } from './options.js'
import { CODE } from './protocol/error.js'
import { SubscriptionBoard } from './protocol/subscriptions.js'
import { endpointPath, type Settings } from './settings.js'

const MCP_PATHS = ['/mcp', '/sse', '/messages']

/** The express application of a server, its tokens if it wants any, and the way to end what it holds open. */
export interface App {
  express: Express
  tokens?: ReferenceTokens
  close(): Promise<void>
}

// Each mode loads what it needs alone: the SDK of one era takes as long to load as the rest.
async function transportOf(settings: Settings, authenticator: Authenticator): Promise<Transport> {
  const { mode, json, sessionIdleMs: idleMs, pingIntervalMs, publicUrl, answerSeconds } = settings
  const board = new SubscriptionBoard()
  const path = endpointPath(mode)
  const conditions = { json, idleMs, pingIntervalMs, board }
  const stateful = async () => (await import('./http/stateful.js')).stateful(path, conditions, authenticator)
  const modern = async () =>
    (await import('./http/modern.js')).modern(path, { json, board, answerSeconds }, authenticator)
  if (mode === 'stateless') return (await import('./http/stateless.js')).stateless(path, json, board, authenticator)
  if (mode === 'stateful') return stateful()
  if (mode === 'modern') return modern()
  if (mode === 'dual') return (await import('./http/dual.js')).dual(path, await modern(), await stateful())
  // Relative to the public URL: a proxy may have put a prefix in front (legacy-sse-endpoint-event).
  const announced = new URL('messages', publicUrl).pathname
  const { legacySse } = await import('./http/legacy-sse.js')
  return legacySse({ stream: path, messages: '/messages', announced }, conditions, authenticator)
}

/** Puts the server together. */
export async function buildApp(settings: Settings): Promise<App> {
  const app = express().disable('x-powered-by').disable('etag')
  const { authenticator, tokens, publicRoutes } = await authFor(settings)
  const transport = await transportOf(settings, authenticator)
  app.use(originGuard(settings.publicUrl, settings.ownUrl))
  if (publicRoutes) app.use(publicRoutes)
  for (const [path, methods] of Object.entries(transport.paths))
    app.all(path, endpoint(methods, authenticator, { accept: settings.mode !== 'sse' }))
  // The other modes' paths tell strangers nothing, not even that they do not exist.
  app.all(MCP_PATHS, async (req, _res, next) => {
    await authenticator.authenticate(req)
    next()
  })
  app.use(() => {
    throw new Refusal(404, CODE.refused, 'Not found')
  })
  app.use(settings.mode === 'modern' || settings.mode === 'dual' ? refuseErrorsByStatus : refuseErrors)
  return { express: app, ...(tokens && { tokens }), close: () => transport.close() }
}
