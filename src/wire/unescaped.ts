/** A text with its escapes taken out; `starts` tells where each character of it, and the end, stood before. */
export interface Unescaped {
  text: string
  starts: number[]
}

const escaped =
  /\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\["'\\/]|%[0-7][0-9a-f]|&#(?:\d{1,4}|x0{0,4}[0-9a-f]{1,4});|&(?:amp|lt|gt|quot|apos);/gi
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A text as it reads once the escapes of JSON, URLs and HTML in it are taken out, and what is then left of them, three times at most. */
export function unescapings(text: string): Unescaped[] {
  const found: Unescaped[] = []
  let last: Unescaped = { text, starts: [] }
  for (let round = 0; round < 3 && last.text.search(escaped) >= 0; round++) {
    last = once(last)
    found.push(last)
  }
  return found
}

function once({ text, starts: before }: Unescaped): Unescaped {
  const place = (at: number) => before[at] ?? at
  const starts: number[] = []
  let out = ''
  let at = 0
  const keep = (end: number) => {
    for (; at < end; at++) {
      starts.push(place(at))
      out += text[at]
    }
  }
  for (const match of text.matchAll(escaped)) {
    keep(match.index)
    starts.push(place(at))
    out += meant(match[0])
    at += match[0].length
  }
  keep(text.length)
  starts.push(place(text.length))
  return { text: out, starts }
}

function meant(one: string): string {
  if (/^(\\[ux]|%)/i.test(one)) return String.fromCharCode(Number.parseInt(one.replace(/^(\\.|%)/, ''), 16))
  if (one.startsWith('\\')) return one.slice(1)
  if (/^&#x/i.test(one)) return String.fromCharCode(Number.parseInt(one.slice(3), 16))
  return one.startsWith('&#') ? String.fromCharCode(Number(one.slice(2, -1))) : named[one.slice(1, -1).toLowerCase()]!
}
