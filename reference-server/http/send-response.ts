import type { Response as ServerResponse } from 'express'

/** What may be added to a response on its way. */
export interface Sending {
  /** Text to send before the first byte of the body. */
  preface?: string | undefined
  /** Ends the body early. */
  cut?: Promise<unknown>
}

/**
 * Sends a web response, as the SDK makes them, through express, and resolves when it is out. A client that hangs up
 * ends the stream, not the work behind it (sse-disconnect-not-cancel).
 */
export async function sendResponse(response: Response, res: ServerResponse, sending: Sending = {}): Promise<void> {
  res.status(response.status)
  // Announcing keep-alive by hand would contradict the server's own decision on shutdown and HTTP/1.0.
  for (const [name, value] of response.headers) if (name !== 'connection') res.setHeader(name, value)
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
    return void res.end(await response.text())
  res.setHeader('X-Accel-Buffering', 'no')
  gather(res)
  res.flushHeaders()
  if (sending.preface) res.write(sending.preface)
  const reader = response.body.getReader()
  const hangUp = () => void reader.cancel().catch(() => {})
  res.once('close', hangUp)
  sending.cut?.then(hangUp)
  for (;;) {
    const { done, value } = await reader.read()
    if (done || res.writableEnded || res.destroyed) break
    gather(res)
    if (!res.write(value)) await drained(res)
  }
  // Node 22.23 loses what is corked when the response ends (after flushHeaders). Held back on the socket, whatever holds the
  // response back in Node 20, the rest goes out in one piece with the end, which lets go of it.
  const corks = res.writableCorked
  res.socket?.cork()
  for (let left = corks; left > 0; left--) res.uncork()
  res.end()
}

/** Lets what is written until the event loop turns go out in one piece: head, events and end of a short answer. */
function gather(res: ServerResponse): void {
  if (res.writableCorked > 0) return
  res.cork()
  setImmediate(() => res.uncork())
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      res.off('drain', settle).off('close', settle)
      resolve()
    }
    res.once('drain', settle).once('close', settle)
  })
}
