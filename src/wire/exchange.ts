import type { HeaderList } from './headers.js'

/** Why an answer ended: whole, cut by our bound of time or size, closed by us, broken by the server, or never begun. */
export type Ending = 'complete' | 'timeout' | 'too-large' | 'closed' | 'reset' | 'failed'

/** A network failure in a word that can be tested, and in the words of the system. */
export interface WireError {
  kind: 'refused' | 'dns' | 'tls' | 'reset' | 'timeout' | 'malformed' | 'other'
  message: string
}

/** Tells what an exchange has come to by now; asked again, it tells more. Made only for what is shown, since few exchanges are. */
export type Account = () => Exchange

/** One recorded exchange, already redacted: what was sent and what came back. Part of the Run document. */
export interface Exchange {
  request: { method: string; url: string; headers: HeaderList; body?: string }
  response?: { status: number; headers: HeaderList; body: string }
  error?: WireError
  ended?: Ending
  ms: number
}
