import type { Session } from '../core/session.js'

/** The requirement that several clients are served. */
export const clients = 'transport-multiple-clients'
/** The requirement that an ended session is gone. */
export const gone = 'session-terminated-404'
/** True for a session that was closed. */
export const ended = (session: Session): boolean => session.closed
