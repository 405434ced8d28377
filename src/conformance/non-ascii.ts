import type { Reply } from '../wire/reply.js'

/** Text of two, three and four UTF-8 bytes per character between plain marks, unlike any other; `times` over for a long one. */
export function nonAscii(mark: string, times = 1): string {
  return `${mark}-${'é漢😀'.repeat(times)}-end`
}

const misread = Buffer.from('é漢😀').toString('latin1')

/** The piece of the answer that shows our text with its characters broken: UTF-8 read as Latin-1, or pieces replaced. Undefined when nothing shows it. */
export function brokenText(reply: Reply, mark: string, times = 1): string | undefined {
  const shown = JSON.stringify(reply.messages)
  const at = shown.indexOf(`${mark}-`)
  const end = shown.indexOf('-end', at)
  const piece = at < 0 || end < 0 ? '' : shown.slice(at, end)
  return piece.length < 80 * times && (/[\ufffd?]/.test(piece) || piece.includes(misread.slice(0, 2)))
    ? piece
    : undefined
}

/** The surroundings of the first defect of bytes that should be UTF-8; undefined when they are. */
export function utf8Defect(bytes: Buffer): string | undefined {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return undefined
  } catch {
    const text = bytes.toString('utf8')
    const at = text.indexOf('\ufffd')
    return text.slice(Math.max(0, at - 40), at + 20)
  }
}
