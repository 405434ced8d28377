/** True for base64 as RFC 4648 section 4 has it: the standard alphabet, padded, no line breaks. */
export function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
}

const literal = /[^\p{Cc} "%<>\\^`{|}]|%[0-9A-Fa-f]{2}/u.source
const letter = /(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})/.source
const variable = `${letter}+(?:\\.${letter}+)*(?::[1-9][0-9]{0,3}|\\*)?`
const expression = `\\{[+#./;?&=,!@|]?${variable}(?:,${variable})*\\}`
const template = new RegExp(`^(?:${literal}|${expression})*$`, 'u')

/** True for a URI template by the grammar of RFC 6570 section 2, with its erratum that allows an apostrophe. */
export function isUriTemplate(value: string): boolean {
  return template.test(value)
}

const path = "[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}"
const authority = `(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:\\[[0-9A-Fa-f:.]+\\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?`
const hierarchy = `(?:\\/\\/${authority}(?:\\/(?:${path})*)?|(?!\\/\\/)(?:${path})*)`
const absolute = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:${hierarchy}(?:\\?(?:${path}|\\?)*)?(?:#(?:${path}|\\?)*)?$`)

/** True for a URI by the grammar of RFC 3986 section 3: a scheme first, and no character that has to be percent-encoded. */
export function isUri(value: string): boolean {
  return absolute.test(value)
}
