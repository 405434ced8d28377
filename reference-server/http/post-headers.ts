import type { Request } from 'express'
import { CODE } from '../protocol/error.js'
import { isRevision, REVISIONS, type Revision } from '../protocol/revisions.js'
import { Refusal } from './refusal.js'

function accepts(header: string | undefined, type: string): boolean {
  const [main] = type.split('/')
  return (header ?? '').split(',').some((range) => {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false
    return name === type || name === `${main}/*` || name === '*/*'
  })
}

/** 406 unless both answer formats are accepted; wildcards count, which the SDK would refuse. */
export function requireAcceptPost(req: Request): void {
  const { accept } = req.headers
  if (!accepts(accept, 'application/json') || !accepts(accept, 'text/event-stream'))
    throw new Refusal(406, CODE.refused, 'Accept must list application/json and text/event-stream')
}

/** 406 unless an event stream is accepted. */
export function requireAcceptStream(req: Request): void {
  if (!accepts(req.headers.accept, 'text/event-stream'))
    throw new Refusal(406, CODE.refused, 'Accept must list text/event-stream')
}

/** 415 unless the body is JSON in UTF-8. */
export function requireJson(req: Request): void {
  const [type, ...parameters] = (req.headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.replace(/^charset=|"/g, '')
  if (type !== 'application/json' || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8'))
    throw new Refusal(415, CODE.refused, 'Content-Type must be application/json')
}

/** The revision named by MCP-Protocol-Version, undefined without one; 400 for an unknown one. */
export function headerRevision(req: Request, id?: string | number): Revision | undefined {
  const named = req.headers['mcp-protocol-version']
  if (named === undefined || isRevision(named)) return named
  const message = `Unsupported MCP-Protocol-Version, supported are ${REVISIONS.join(', ')}`
  throw new Refusal(400, CODE.invalidRequest, message, { id })
}
