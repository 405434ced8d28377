import { isBase64 } from '../protocol/shapes/index.js'

/** How the files of common types begin. */
const beginnings: Record<string, string> = {
  'image/png': '\x89PNG',
  'image/jpeg': '\xff\xd8\xff',
  'image/gif': 'GIF8',
  'application/pdf': '%PDF',
  'application/zip': 'PK',
  'audio/wav': 'RIFF',
}

/** What is wrong with the encoding of a blob: it must be base64, once. `size` is what the listing says of the raw bytes. */
export function blobProblem(blob: unknown, mimeType: unknown, size?: unknown): string | undefined {
  if (typeof blob !== 'string') return 'it is no text'
  if (!isBase64(blob)) return 'it is not base64 (RFC 4648, padded, without line breaks)'
  const bytes = Buffer.from(blob, 'base64')
  const inside = bytes.toString('latin1')
  const twice = isBase64(inside) ? Buffer.from(inside, 'base64') : undefined
  const begins = beginnings[String(mimeType)]
  if (begins && twice?.toString('latin1').startsWith(begins)) return 'it was encoded twice'
  if (begins && Buffer.from(blob, 'hex').toString('latin1').startsWith(begins)) return 'it is hexadecimal'
  if (inside.startsWith('\xef\xbf\xbdPNG')) return 'the bytes were read as text before they were encoded'
  if (typeof size !== 'number' || size < 3 || bytes.length === size) return undefined
  if (twice?.length === size) return 'it was encoded twice'
  if (/^[0-9a-f]+$/i.test(blob) && blob.length === 2 * size) return 'it is hexadecimal'
  return blob.length === size ? 'it was not encoded' : undefined
}

/** True for text that was binary: a type of images, sounds or bytes, and characters no text has, or the file in base64. */
export function isBinaryAsText(text: unknown, mimeType: unknown): boolean {
  const binary = /^(image\/(?!svg)|audio\/|video\/|application\/(octet-stream|pdf|zip|gzip))/i.test(String(mimeType))
  if (!binary || typeof text !== 'string') return false
  const begins = beginnings[String(mimeType)]
  const file = begins && isBase64(text) && Buffer.from(text, 'base64').toString('latin1').startsWith(begins)
  return /[\0\ufffd]/.test(text) || Boolean(file)
}
