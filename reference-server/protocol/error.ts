/** JSON-RPC and MCP error codes that this server sends. */
export const CODE = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  resourceNotFound: -32002,
  headerMismatch: -32020,
  missingCapability: -32021,
  unsupportedVersion: -32022,
  /** Anything HTTP refuses for reasons that JSON-RPC does not know. */
  refused: -32000,
} as const

/**
 * A JSON-RPC error on its way to the client. Used in place of the SDK's McpError, which writes the code into the
 * message as well (jsonrpc-error-message-concise).
 */
export class ProtocolError extends Error {
  readonly code: number
  readonly data: unknown

  constructor(code: number, message: string, data?: unknown) {
    super(message)
    this.name = 'ProtocolError'
    this.code = code
    this.data = data
  }
}

/** The error for params that do not fit their method. */
export function invalidParams(message: string): ProtocolError {
  return new ProtocolError(CODE.invalidParams, message)
}

/** A name given by the client, if it is plain enough to be repeated in a message; otherwise a stand-in. */
export function quotable(name: string): string {
  return /^[\w.:/-]{1,128}$/.test(name) ? `'${name}'` : 'of that name'
}
