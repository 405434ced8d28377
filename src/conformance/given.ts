import type { HeaderList } from '../wire/headers.js'
import type { BadToken } from './needs.js'

/** A tool the operator declared safe to call, with arguments that work. */
export interface NamedTool {
  name: string
  arguments: Record<string, unknown>
  /** True for a tool that only clients without a handshake are offered. */
  modern?: true
}

/** A credential taken apart: the header it travels in, the scheme if it has one, and the secret itself. */
export interface Credential {
  header: string
  scheme?: string
  token: string
}

/** What the operator gave beside the URL. */
export interface Given {
  tools: NamedTool[]
  /** The credential of every ordinary request; the first one when several headers carry one. */
  credential?: Credential
  second?: Credential
  bad: Partial<Record<BadToken, string>>
  /** True when the good token has the form of a JWT: three base64url parts, the first a JSON object with `alg`. */
  jwt: boolean
}

/** Takes a header field apart into a credential. */
export function credentialOf([header, value]: HeaderList[number]): Credential {
  const match = /^(\S+)\s+(\S.*)$/.exec(value)
  return /authorization$/i.test(header) && match
    ? { header, scheme: match[1]!, token: match[2]! }
    : { header, token: value }
}

/** Puts a token where the credential stands: the same header and scheme with another secret. */
export function withToken(credential: Credential, token: string): HeaderList {
  return [[credential.header, credential.scheme ? `${credential.scheme} ${token}` : token]]
}

/** True for text in the form of a signed JSON Web Token (RFC 7519). */
export function looksLikeJwt(token: string): boolean {
  const [head = '', ...rest] = token.split('.')
  if (rest.length !== 2) return false
  try {
    return 'alg' in JSON.parse(Buffer.from(head, 'base64url').toString())
  } catch {
    return false
  }
}
