const sentinel = /^=\?base64\?(.*)\?=$/s

/** True for text that a header field can carry as it is: printable ASCII without space at its ends. RFC 9110 section 5.5. */
function isPlain(text: string): boolean {
  return /^[\t\x20-\x7e]*$/.test(text) && text.trim() === text && !sentinel.test(text)
}

/**
 * Text as the value of a header that mirrors the body: as it is where that is safe, else as base64 of its UTF-8 between markers.
 * Spec: 2026-07-28/basic/transports/streamable-http#value-encoding.
 */
export function mirroredValue(text: string): string {
  return isPlain(text) ? text : encodedValue(text)
}

/** Text between the base64 markers, also where it could stand as it is. */
export function encodedValue(text: string): string {
  return `=?base64?${Buffer.from(text).toString('base64')}?=`
}
