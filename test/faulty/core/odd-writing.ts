import type { ServerResponse } from 'node:http'

/** From now on the body of an answer is written in pieces of seven bytes. */
export function inSevens(res: ServerResponse): void {
  const write = res.write.bind(res) as (chunk: Buffer) => boolean
  const end = res.end.bind(res)
  const pieces = (chunk: unknown): void => {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    for (let at = 0; at < bytes.length; at += 7) write(bytes.subarray(at, at + 7))
  }
  res.write = ((chunk: unknown) => {
    pieces(chunk)
    return true
  }) as typeof res.write
  res.end = ((chunk?: unknown) => {
    if (chunk !== undefined && chunk !== '') pieces(chunk)
    return end()
  }) as typeof res.end
}
