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

/** Of an answer longer than this the words are kept and not the bytes, once it is whole: checks hold many exchanges at a time. */
const mostKept = 32 << 10

/** Who tells of an exchange: what was sent, and what has come back by then, with no secret in it and long bodies shortened. */
export function accountOf(request: Sent, reply: Reply, redact: Redactor): Account {
  const held: Held = { reply }
  void letGo(held, request, redact)
  return () => held.exchange ?? words(request, held.reply!, redact)
}

interface Held {
  reply?: Reply
  exchange?: Exchange
}

async function letGo(held: Held, request: Sent, redact: Redactor): Promise<void> {
  await held.reply!.finished
  if (held.reply!.bytes <= mostKept) return
  held.exchange = words(request, held.reply!, redact)
  delete held.reply
}

function words(request: Sent, reply: Reply, redact: Redactor): Exchange {
  return {
    request: {
      method: request.method,
      url: redact.text(request.url),
      headers: redact.headers(request.headers),
      ...(request.body === undefined ? {} : { body: shorten(bytesOf(request.body), redact) }),
    },
    ...(reply.status ? { response: answer(reply, redact) } : {}),
    ...(reply.error ? { error: { kind: reply.error.kind, message: redact.text(reply.error.message) } } : {}),
    ...(reply.ended ? { ended: reply.ended } : {}),
    ms: reply.at.end ?? performance.now() - reply.started,
  }
}

function answer(reply: Reply, redact: Redactor): NonNullable<Exchange['response']> {
  const body = shorten(reply.beginning(lookedAt), redact, reply.bytes)
  return { status: reply.status, headers: redact.headers(reply.headers), body }
}

function bytesOf(body: string | Buffer | Buffer[]): Buffer {
  return Array.isArray(body) ? Buffer.concat(body) : Buffer.from(body)
}

/** Of a body this many bytes are looked at, and this many characters shown. */
const lookedAt = 8000
const shown = 4000

/** The first characters, redacted, as a text of their own: a part of a long text would keep the whole in memory. */
function shorten(bytes: Buffer, redact: Redactor, length = bytes.length): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  // Where it goes on, a character that is cut at the end is left out.
  const text = redact.text(decoder.decode(bytes.subarray(0, lookedAt), { stream: length > lookedAt }))
  return text.length > shown || length > lookedAt ? `${text.slice(0, shown)}… (${length} bytes)` : text
}
