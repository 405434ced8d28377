import type { Exchange } from '../wire/exchange.js'

/** A curl command that repeats an exchange. Redacted credentials become `$MCP_TOKEN`, to be set by whoever runs it. */
export function curlOf(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request
  const words = ['curl', '-i', ...(method === 'GET' ? ['-N'] : ['-X', method]), quote(url)]
  for (const [name, value] of headers) words.push('-H', quote(`${name}: ${value}`))
  if (body !== undefined) words.push('--data-raw', quote(body))
  return words.join(' ')
}

function quote(text: string): string {
  const token = '[redacted]'
  const parts = text.split(token).map((part) => (part === '' ? '' : `'${part.replaceAll("'", `'\\''`)}'`))
  return parts.join('"$MCP_TOKEN"') || "''"
}
