import type { Exchange } from '../wire/exchange.js'

/** A curl command that repeats an exchange. Redacted credentials become `$MCP_TOKEN`, to be set by whoever runs it. */
export function curlOf(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request
  const verb = method === 'GET' && body === undefined ? [] : ['-X', method]
  const words = ['curl', '-i', ...(method === 'GET' ? ['-N'] : []), ...verb, quote(url)]
  for (const [name, value] of headers) words.push('-H', quote(value === '' ? `${name};` : `${name}: ${value}`))
  for (const name of addedByCurl(exchange)) words.push('-H', quote(`${name}:`))
  if (body !== undefined) words.push('--data-raw', quote(body))
  return words.join(' ')
}

/** The same where it fits; a request of many kilobytes is told of and left to the Run document. */
export function curlWithin(exchange: Exchange, most: number): string {
  const command = curlOf(exchange)
  return command.length <= most ? command : `curl: the request has ${command.length} characters, see run.json`
}

/** Headers that curl would send of itself although the exchange had none. */
function addedByCurl({ request: { method, headers, body } }: Exchange): string[] {
  const absent = (wanted: string) => !headers.some(([name]) => name.toLowerCase() === wanted)
  const accept = method !== 'DELETE' && absent('accept')
  return [...(accept ? ['accept'] : []), ...(body !== undefined && absent('content-type') ? ['content-type'] : [])]
}

function quote(text: string): string {
  const token = '[redacted]'
  const parts = text.split(token).map((part) => (part === '' ? '' : `'${part.replaceAll("'", `'\\''`)}'`))
  return parts.join('"$MCP_TOKEN"') || "''"
}
