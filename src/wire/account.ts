import type { Account, Exchange } from './exchange.js'
import type { HeaderList } from './headers.js'
import type { Redactor } from './redact.js'
import type { Reply } from './reply.js'

/** A request as it went out. */
interface Sent {
  method: string
  url: string
  headers: HeaderList
  body?: string | Buffer | Buffer[]
}

/** Who tells of an exchange: what was sent, and what has come back by then, with no secret in it and long bodies shortened. */
export function accountOf(request: Sent, reply: Reply, redact: Redactor): Account {
  return () => ({
    request: {
      method: request.method,
      url: redact.text(request.url),
      headers: redact.headers(request.headers),
      ...(request.body === undefined ? {} : { body: shorten(bytesOf(request.body).toString(), redact) }),
    },
    ...(reply.status ? { response: answer(reply, redact) } : {}),
    ...(reply.error ? { error: { kind: reply.error.kind, message: redact.text(reply.error.message) } } : {}),
    ...(reply.ended ? { ended: reply.ended } : {}),
    ms: reply.at.end ?? performance.now() - reply.started,
  })
}

function answer(reply: Reply, redact: Redactor): NonNullable<Exchange['response']> {
  return { status: reply.status, headers: redact.headers(reply.headers), body: shorten(reply.text, redact) }
}

function bytesOf(body: string | Buffer | Buffer[]): string | Buffer {
  return Array.isArray(body) ? Buffer.concat(body) : body
}

/** The first 4,000 characters, redacted: of a long text no more is looked at than may be shown. */
function shorten(text: string, redact: Redactor): string {
  const shown = redact.text(text.slice(0, 8000))
  return shown.length > 4000 || text.length > 8000 ? `${shown.slice(0, 4000)}… (${text.length} characters)` : shown
}
