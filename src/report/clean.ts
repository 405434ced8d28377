const unsafe = /(?![\t\n])\p{Cc}|\p{Bidi_Control}/gu

/** Text from a server made safe to show: control characters and marks that turn the writing direction become visible, line breaks stay. */
export function visible(text: string): string {
  return text.replace(unsafe, (char) => {
    const code = char.charCodeAt(0).toString(16)
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`
  })
}

/** A value in one line: text as it is, everything else as JSON, cut at `most` characters. */
export function oneLine(value: unknown, most = 300): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const flat = visible(text).replace(/\s+/g, ' ')
  return flat.length > most ? `${flat.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…` : flat
}

/** In a job of GitHub's, lines of the log are commands where they begin with `::` or hold `##[`: what a server or a caller says must be none. */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '#\u200b#[')
}

/** A value as JSON whose text holds no control character and turns no writing direction: in JSON, every character may be written as its number. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    unsafe,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
