import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import type { Request, Response } from 'express'

/** Who sent a request. */
export interface Caller {
  /** The user, not the token: a session stays with its user when the token is refreshed (session-bound-to-user). */
  principal: string
  /** OAuth scopes; undefined where everything is allowed. */
  scopes?: ReadonlySet<string>
}

/** How a server learns who is calling. */
export interface Authenticator {
  /** Judges the Authorization header alone; throws a Refusal of 400, 401 or 403 with its challenge. */
  authenticate(req: Request): Promise<Caller>
  /** Throws a Refusal of 403 if one of these messages needs a scope that the caller lacks. */
  authorize(caller: Caller, messages: readonly JSONRPCMessage[]): void
}

/** Lets everybody in. */
export const openToAll: Authenticator = {
  authenticate: async () => ({ principal: 'anonymous' }),
  authorize: () => {},
}

/** The caller that authentication found for this request. */
export function callerOf(res: Response): Caller {
  return res.locals.caller as Caller
}
