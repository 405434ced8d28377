import type { StrayText } from '../report/parity.js'
import { answerTo } from '../wire/answering.js'
import { isObject, isResponse, type Message, notification, parseJson, request } from '../wire/jsonrpc.js'
import { type LineProcess, type StdioCommand, startLines } from './stdio-process.js'

/** A request's answer over STDIO; without one `none` says why. */
export type StdioAnswer = { message: Message } | { none: string }

/**
 * JSON-RPC over the standard streams of a process, as it is: what is no message is counted, nothing is mended. Spec: basic/transports#stdio.
 * Nothing here throws for what the server does.
 */
export class StdioPeer {
  /** Messages that are no response, in order of arrival. */
  readonly received: unknown[] = []
  readonly stray: StrayText = { lines: 0, examples: [] }
  readonly stderr: StrayText = { lines: 0, examples: [] }
  private readonly waiting = new Map<unknown, (answer: StdioAnswer) => void>()
  private readonly process: LineProcess
  private gone?: string

  constructor(command: StdioCommand) {
    this.process = startLines(command, {
      stdout: (line) => this.line(line),
      stderr: (line) => keep(this.stderr, line),
    })
    this.process.ended.then((how) => {
      this.gone = `the server has ended (${how})`
      for (const resolve of this.waiting.values()) resolve({ none: this.gone })
    })
  }

  /** Sends one request and waits for its answer, for `ms` at the most. */
  request(method: string, params: Record<string, unknown> | undefined, ms: number): Promise<StdioAnswer> {
    if (this.gone) return Promise.resolve({ none: this.gone })
    const call = request(method, params)
    return new Promise((resolve) => {
      const done = (answer: StdioAnswer) => {
        clearTimeout(timer)
        this.waiting.delete(call.id)
        resolve(answer)
      }
      const timer = setTimeout(() => done({ none: `no answer within ${ms / 1000} s` }), ms)
      this.waiting.set(call.id, done)
      this.process.write(JSON.stringify(call))
    })
  }

  /** Sends one notification. */
  notify(method: string, params?: Record<string, unknown>): void {
    this.process.write(JSON.stringify(notification(method, params)))
  }

  /** Ends the server with all it started; says how it ended. */
  end(): Promise<string> {
    return this.process.end()
  }

  private line(line: string): void {
    if (line.trim() === '') return
    const message = parseJson(line)
    if (!isObject(message) || message.jsonrpc !== '2.0') return keep(this.stray, line)
    const waiting = isResponse(message) ? this.waiting.get(message.id) : undefined
    if (waiting) return waiting({ message: message as Message })
    if (this.received.length < mostReceived) this.received.push(message)
    const answer = answerTo(message)
    if (answer) this.process.write(JSON.stringify(answer))
  }
}

/** The most messages beside answers that are kept. */
const mostReceived = 10_000

function keep(text: StrayText, line: string): void {
  if (line.trim() === '') return
  text.lines++
  // Frames and rules say nothing.
  if (text.examples.length < 5 && /[\p{L}\p{N}]/u.test(line)) text.examples.push(line.slice(0, 200))
}
