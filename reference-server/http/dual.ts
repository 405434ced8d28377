import { PROTOCOL_VERSION_META_KEY } from '@modelcontextprotocol/server'
import type { Request } from 'express'
import { MODERN_REVISION } from '../protocol/revisions.js'
import type { Transport } from './endpoint.js'

/**
 * Whether a POST is one of 2026-07-28: by the version that its body claims, whichever that is, or by the header where the
 * body claims none. Not by the absence of a session: an old client without one wants to hear of that.
 */
function isModern(req: Request): boolean {
  if (req.get('mcp-protocol-version') === MODERN_REVISION) return true
  // Most bodies of older clients are told apart without being parsed.
  if (!Buffer.isBuffer(req.body) || !req.body.includes(PROTOCOL_VERSION_META_KEY)) return false
  try {
    const body = JSON.parse(req.body.toString('utf8'))
    return body?.params?._meta?.[PROTOCOL_VERSION_META_KEY] !== undefined
  } catch {
    return false
  }
}

/** One endpoint for two eras: what is not modern is older (versioning-dual-era-modern-request, versioning-dual-era-initialize). */
export function dual(path: string, modern: Transport, older: Transport): Transport {
  const methods = older.paths[path] ?? {}
  return {
    paths: {
      [path]: {
        ...methods,
        POST: (req, res) => {
          const era = isModern(req) ? modern : older
          return era.paths[path]!.POST!(req, res)
        },
      },
    },
    close: async () => void (await Promise.all([modern.close(), older.close()])),
  }
}
