const control = /(?![\t\n])\p{Cc}/gu

/** Text from a server made safe to show: control characters and escape sequences become visible, line breaks stay. */
export function visible(text: string): string {
  return text.replace(control, (found) =>
    [...found].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
  )
}

/** A value in one line: text as it is, everything else as JSON, cut at `most` characters. */
export function oneLine(value: unknown, most = 300): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const flat = visible(text).replace(/\s+/g, ' ')
  return flat.length > most ? `${flat.slice(0, most)}…` : flat
}
