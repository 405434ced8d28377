import type { VirtualAnswer, VirtualRequest, VirtualServer } from './virtual-engine.js'

/** What a virtual MCP server does otherwise than a good one. */
export interface VirtualMcpOptions {
  sessions?: boolean
  /** How long a call takes, in ms; a function is asked for each. */
  ms?: number | ((request: VirtualRequest) => number)
  /** Answers in place of the ordinary answer, where it answers. */
  instead?(request: VirtualRequest): VirtualAnswer | undefined
  refuses?(now: number): string | undefined
}

/** An MCP server that counts what it is asked. */
export class VirtualMcp implements VirtualServer {
  readonly counts: Record<string, number> = {}
  readonly sessions = new Set<string>()
  readonly ids = new Set<number>()
  /** When each measured request came. */
  readonly starts: number[] = []
  readonly calledIn: string[] = []
  /** The most sessions open, and calls on their way, at once. */
  mostSessions = 0
  private made = 0

  constructor(private readonly options: VirtualMcpOptions = {}) {}

  refuses(now: number): string | undefined {
    return this.options.refuses?.(now)
  }

  answer(request: VirtualRequest): VirtualAnswer {
    const { method = request.method, id } = request.message ?? {}
    this.counts[method] = (this.counts[method] ?? 0) + 1
    if (id !== undefined) this.ids.add(id)
    const other = this.options.instead?.(request)
    if (other) return other
    const session = request.headers['mcp-session-id']
    if (method === 'initialize') return this.open(id)
    if (this.options.sessions && !this.sessions.has(session ?? ''))
      return { ms: 1, status: 404, body: 'no such session' }
    if (method === 'notifications/initialized') return { ms: 1, status: 202 }
    if (method === 'DELETE') {
      this.sessions.delete(session!)
      return { ms: 1, status: 204 }
    }
    this.starts.push(request.at)
    if (session) this.calledIn.push(session)
    const { ms = 10 } = this.options
    const result = { content: [{ type: 'text', text: JSON.stringify(request.message.params ?? {}) }] }
    return {
      ms: typeof ms === 'number' ? ms : ms(request),
      status: 200,
      body: JSON.stringify({ jsonrpc: '2.0', id, result }),
    }
  }

  private open(id: number): VirtualAnswer {
    const body = JSON.stringify({ jsonrpc: '2.0', id, result: { protocolVersion: '2025-11-25', capabilities: {} } })
    if (!this.options.sessions) return { ms: 5, status: 200, body }
    const session = `s${++this.made}`
    this.sessions.add(session)
    this.mostSessions = Math.max(this.mostSessions, this.sessions.size)
    return { ms: 5, status: 200, headers: { 'Mcp-Session-Id': session }, body }
  }
}
