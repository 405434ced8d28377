import { wireError } from './failure.js'
import type { HeaderList } from './headers.js'
import type { Reply } from './reply.js'
import type { Room } from './room.js'

/** Of bodies larger than this, few arrive at a time, so that many of them do not fill the memory. */
const largeBytes = 256 << 10

/** How the HTTP client lets an exchange be held up and broken off, and the fields of its answer as they came. */
interface Control {
  rawHeaders?: unknown
  abort(reason: Error): void
  pause(): void
  resume(): void
}

/** Carries what undici receives for one request into a reply, piece by piece as it comes. */
export class Arrival {
  /** Resolves when status and headers are there, or nothing more will come. */
  readonly head: Promise<void>
  private controller?: Control
  private settle = () => {}

  constructor(
    private readonly reply: Reply,
    /** Where a large body waits until others are done; none for a stream that may stay open. */
    private room: Room | undefined,
  ) {
    this.head = new Promise((resolve) => {
      this.settle = resolve
    })
  }

  /** Breaks the exchange off. */
  abort(): void {
    this.controller?.abort(new Error('aborted'))
    this.settle()
  }

  onRequestStart(controller: Control): void {
    this.controller = controller
    if (this.reply.ended) this.abort()
  }

  onResponseStart(controller: Control, status: number): void {
    if (status < 200) return
    this.reply.head(status, pairs(controller.rawHeaders as (string | Buffer)[]))
    this.settle()
  }

  onResponseData(controller: Control, data: Buffer): void {
    this.reply.chunk(data)
    if (!this.room || this.reply.bytes <= largeBytes || this.reply.ended) return
    controller.pause()
    this.room.enter(this.reply.finished).then(() => controller.resume())
    this.room = undefined
  }

  onResponseEnd(): void {
    this.reply.end('complete')
  }

  onResponseError(_: unknown, error: Error): void {
    this.reply.onKept = ((error as { socket?: { bytesRead?: number } }).socket?.bytesRead ?? 0) > 0
    this.reply.end(this.reply.status ? 'reset' : 'failed', wireError(error))
    this.settle()
  }
}

function pairs(raw: (string | Buffer)[]): HeaderList {
  const list: HeaderList = []
  for (let i = 0; i + 1 < raw.length; i += 2) list.push([latin1(raw[i]!), latin1(raw[i + 1]!)])
  return list
}

function latin1(text: string | Buffer): string {
  return typeof text === 'string' ? text : text.toString('latin1')
}
