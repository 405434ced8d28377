import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js'

/**
 * One POST with requests, from its arrival to its last answer. It ends early when what is still open was cancelled:
 * the SDK would hold the HTTP response open for ever (cancellation-no-response-after).
 */
export class Exchange {
  /** The name of its stream in the event log, as soon as something was filed there. */
  stream: string | undefined
  readonly answers: JSONRPCMessage[] = []
  /** Settles with the HTTP response that takes the place of the SDK's, if the exchange ends early. */
  readonly endedEarly: Promise<Response>
  readonly #open: Set<RequestId>
  #end: (response: Response) => void = () => {}

  constructor(ids: readonly RequestId[]) {
    this.#open = new Set(ids)
    this.endedEarly = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** Takes note of a response; true if it was the last one. */
  answered(id: RequestId, answer: JSONRPCMessage): boolean {
    this.answers.push(answer)
    this.#open.delete(id)
    return this.#open.size === 0
  }

  /** Gives a request up; true if nothing else is open. Of the two media types a request may be answered with, only an event stream can be empty. */
  cancelled(id: RequestId): boolean {
    this.#open.delete(id)
    if (this.#open.size > 0) return false
    if (this.answers.length > 0) this.end(Response.json(this.answers))
    else this.end(new Response('', { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' } }))
    return true
  }

  /** Ends the exchange with this response, or, if its stream has begun, by closing that. */
  end(response: Response): void {
    this.#end(response)
  }
}
