import type { WireError } from './exchange.js'

const kinds: Record<string, WireError['kind']> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  HPE_INVALID_CONSTANT: 'malformed',
  EPROTO: 'tls',
}

/** Puts whatever the network layer threw into a kind that reports and tests can use, with the system's own words. */
export function wireError(thrown: unknown): WireError {
  const error = (thrown ?? {}) as { code?: string; message?: string; cause?: unknown; errors?: unknown[] }
  const inner = error.errors?.[0] ?? error.cause
  const code = String(error.code ?? (inner as { code?: string } | undefined)?.code ?? '')
  const message = error.message || (inner as { message?: string } | undefined)?.message || code || String(thrown)
  return {
    kind: kinds[code] ?? guess(code, message),
    message: `${message}${code && !message.includes(code) ? ` (${code})` : ''}`,
  }
}

function guess(code: string, message: string): WireError['kind'] {
  if (/CERT|TLS|SSL/i.test(code) || /certificate|self.signed|wrong version number|handshake/i.test(message))
    return 'tls'
  if (code.startsWith('HPE_') || /parse|does not match the HTTP/i.test(message)) return 'malformed'
  if (/abort|timed? ?out/i.test(message)) return 'timeout'
  return 'other'
}
