import type { Request, RequestHandler, Response } from 'express'
import type { Authenticator } from '../auth/caller.js'
import { readBody } from './body.js'
import { requireAcceptPost, requireJson } from './post-headers.js'
import { methodNotAllowed } from './refusal.js'

/** Answers one method of a path, once the caller is known. */
export type Serve = (req: Request, res: Response) => Promise<void>

/** What a transport offers: its paths, the methods of each, and a way to end everything that is open. */
export interface Transport {
  paths: Record<string, Partial<Record<'GET' | 'POST' | 'DELETE', Serve>>>
  close(): Promise<void>
}

/** How strictly POST headers are taken; the 2024-11-05 transport asks for no Accept header. */
export interface PostRules {
  accept: boolean
}

/**
 * The middlewares of one path. The order is the rule: a method that does not exist is 405 even without credentials,
 * then credentials, and only then is anything of the request looked at (auth-token-validated-first).
 */
export function endpoint(
  methods: Transport['paths'][string],
  authenticator: Authenticator,
  rules: PostRules,
): RequestHandler[] {
  const allowed = [...Object.keys(methods), 'OPTIONS']
  const refuseMethod = methodNotAllowed(allowed)
  return [
    async (req, res, next) => {
      if (req.method === 'OPTIONS') return void res.status(204).set('Allow', allowed.join(', ')).end()
      if (!Object.hasOwn(methods, req.method)) return refuseMethod(req, res)
      res.locals.caller = await authenticator.authenticate(req)
      if (req.method !== 'POST') return next()
      if (rules.accept) requireAcceptPost(req)
      requireJson(req)
      readBody(req, res, next)
    },
    (req, res) => methods[req.method as 'GET']?.(req, res),
  ]
}
