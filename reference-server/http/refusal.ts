import type { RequestId } from '@modelcontextprotocol/sdk/types.js'
import type { NextFunction, Request, Response } from 'express'
import { CODE } from '../protocol/error.js'

/** A request that HTTP refuses, thrown anywhere before the SDK takes over. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  /** The id of the refused JSON-RPC request, where it was readable (jsonrpc-response-id-echo). */
  readonly id: RequestId | undefined
  readonly headers: Record<string, string>
  readonly data: object | undefined

  constructor(
    status: number,
    code: number,
    message: string,
    more: { id?: RequestId | undefined; headers?: Record<string, string>; data?: object } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.id = more.id
    this.headers = more.headers ?? {}
    this.data = more.data
  }
}

/**
 * Answers with a JSON-RPC error. Without a readable id the member is left out: the SDK writes `id: null`, which no MCP
 * schema knows, and an error without id is what the transport page allows (transport-idless-error-body).
 */
export function refuse(res: Response, { status, code, message, id, headers, data }: Refusal): void {
  if (res.headersSent) return void res.end()
  res.status(status).set(headers)
  res.json({ jsonrpc: '2.0', ...(id !== undefined && { id }), error: { code, message, ...(data && { data }) } })
}

/** The last middleware: every error becomes JSON, none shows a stack trace or an HTML page. */
export function refuseErrors(error: unknown, _req: Request, res: Response, _next: NextFunction): void {
  refuse(res, error instanceof Refusal ? error : fromBodyParser(error))
}

/**
 * {@link refuseErrors} for a server of 2026-07-28, where new servers use no code of -32000 to -32019 and put their own
 * outside the range of JSON-RPC (jsonrpc-avoid-legacy-code-range): what only HTTP knows is told by its HTTP status.
 */
export function refuseErrorsByStatus(error: unknown, _req: Request, res: Response, _next: NextFunction): void {
  const { status, code, message, id, headers } = error instanceof Refusal ? error : fromBodyParser(error)
  const data = error instanceof Refusal && error.data ? { data: error.data } : {}
  refuse(res, new Refusal(status, code === CODE.refused ? status : code, message, { id, headers, ...data }))
}

function fromBodyParser(error: unknown): Refusal {
  const status = (error as { status?: unknown } | null)?.status
  if (status === 413) return new Refusal(413, CODE.refused, 'The request body is too large')
  if (status === 415) return new Refusal(415, CODE.refused, 'This content encoding is not supported')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Refusal(status, CODE.refused, 'The request could not be read')
  return new Refusal(500, CODE.internal, 'Internal error')
}

/** Answers 405 with the methods that there are. */
export function methodNotAllowed(allowed: readonly string[]) {
  return (_req: Request, _res: Response): void => {
    throw new Refusal(405, CODE.refused, 'Method not allowed', { headers: { Allow: allowed.join(', ') } })
  }
}
