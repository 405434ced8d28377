import { request } from '../wire/jsonrpc.js'
import type { Session } from '../wire/session.js'
import type { Client } from './client.js'
import { assume, notApplicable } from './expect.js'

/** A view of a session that was ended by DELETE, once per run and revision; a server that refuses DELETE with 405 ends the check. */
export async function endedSession(client: Client): Promise<Session> {
  return client.viewOf(await client.once('ended session', endSession))
}

/** Opens a session, sees that it lives, and ends it by DELETE; a server that refuses DELETE with 405 ends the check. */
export async function endSession(client: Client): Promise<Session> {
  const session = await client.open()
  const control = await session.post(request('ping'))
  assume(control.ok && control.response?.result !== undefined, 'a ping in the live session is answered', control)
  const ended = await session.delete()
  if (ended.status === 405) notApplicable('the server refuses to end sessions by DELETE (405), which is its right')
  assume(ended.ok, 'DELETE ends the session', ended)
  return session
}
