/** How a secret may be written: as it is, percent-encoded, in base64 (also within a longer text), hexadecimal, escaped in JSON and HTML. */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const encoded = [encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1)]
  const lower = encoded.map((one) => one.replace(/%../g, (code) => code.toLowerCase()))
  const base64 = [0, 1, 2].flatMap((before) => inBase64(bytes, before))
  const url = base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))
  const json = JSON.stringify(secret).slice(1, -1)
  const hex = bytes.toString('hex')
  const units = [...Array(secret.length).keys()].map((at) => secret.charCodeAt(at).toString(16).padStart(4, '0'))
  const escaped = units.map((unit) => `\\u${unit}`).join('')
  const percent = hex.replace(/../g, '%$&')
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  return [
    ...[secret, ...encoded, ...lower, ...base64, ...url, json, json.replaceAll('/', '\\/'), html],
    ...[hex, hex.toUpperCase(), percent, percent.toUpperCase(), escaped],
  ]
}

/** The characters of a base64 text that bytes alone decide, when so many other bytes stand before them. */
function inBase64(bytes: Buffer, before: number): string[] {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const whole = before === 0 ? [text] : []
  const start = Math.ceil((before * 8) / 6)
  const end = Math.floor(((before + bytes.length) * 8) / 6)
  return [...whole, text.slice(start, end)]
}
