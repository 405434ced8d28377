const PLAIN = /^[\t\x20-\x7e]*$/
const SENTINEL = /^=\?base64\?(.*)\?=$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The text that a mirrored header stands for: itself, or what is in its base64 sentinel (headers-name-base64-decoded).
 * Undefined for characters that no header may have (headers-invalid-chars-rejected) and for a sentinel that does not
 * decode (headers-malformed-base64-rejected). The SDK would take bytes above 0x7f for Latin-1 and compare them.
 */
export function decodeHeaderValue(raw: string): string | undefined {
  if (!PLAIN.test(raw)) return undefined
  const encoded = SENTINEL.exec(raw)?.[1]
  if (encoded === undefined) return raw
  const bytes = Buffer.from(encoded, 'base64')
  // Node skips whatever is not base64; only the canonical form comes back the same.
  if (bytes.toString('base64') !== encoded) return undefined
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
