import { validateHeaderName, validateHeaderValue } from 'node:http'
import { type HeaderList, headerOf } from '../wire/headers.js'

/** Ids of load requests: ten digits each, so that they fit the same place, and no larger than the 32 bits some servers read them into. */
export const ids = { first: 1_000_000_000, last: 2_147_483_647 } as const

const digits = 10
const canaryPrefix = 'canary-'

/** The text that a request with this id carries where its tool echoes what it is given; the same length for every id. */
export function canaryOf(id: number): string {
  return `${canaryPrefix}${id}`
}

/** What to put into params, alone or within a longer text, where each request's own canary shall go. */
export const canaryMark = canaryOf(ids.first)

/**
 * The bytes of one whole HTTP/1.1 request. Host, and with a body Content-Length, Content-Type and Accept, are added where the headers lack them.
 * Throws a TypeError for a header that cannot be sent.
 */
export function requestBytes(method: string, url: URL, headers: HeaderList, body?: object): Buffer {
  const content = body === undefined ? '' : JSON.stringify(body)
  const own: HeaderList = [['Host', url.host]]
  if (body !== undefined)
    own.push(
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json, text/event-stream'],
      ['Content-Length', String(Buffer.byteLength(content))],
    )
  const fields = [...own.filter(([name]) => headerOf(headers, name) === undefined), ...headers]
  for (const [name, value] of fields) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
  const lines = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(content)])
}

/** A JSON-RPC request that is sent many times, each time with its own id and canaries: built once, patched in place. One per connection. */
export class CallBytes {
  readonly #bytes: Buffer
  /** Where ten digits of the id go: the id itself first, then each canary. */
  readonly #places: number[]

  /** `params`, and the headers that mirror them, may hold `canaryMark` at any number of places. */
  constructor(
    url: URL,
    headers: HeaderList,
    method: string,
    params?: Record<string, unknown>,
    mirroring: HeaderList = [],
  ) {
    const message = { jsonrpc: '2.0', id: ids.first, method, ...(params && { params }) }
    this.#bytes = requestBytes('POST', url, [...headers, ...mirroring], message)
    const body = this.#bytes.indexOf('\r\n\r\n') + 4
    this.#places = [
      body + '{"jsonrpc":"2.0","id":'.length,
      ...placesOf(this.#bytes, canaryMark, body - 2 - widthOf(mirroring)).map((place) => place + canaryPrefix.length),
    ]
  }

  /** The request with this id, from `ids.first` to `ids.last`. It is the same buffer each time: only one may be on its way. */
  with(id: number): Buffer {
    const bytes = this.#bytes
    for (const place of this.#places) {
      let rest = id
      for (let at = place + digits - 1; at >= place; at--) {
        bytes[at] = 48 + (rest % 10)
        rest = (rest / 10) | 0
      }
    }
    return bytes
  }
}

/** How many bytes header fields take up. */
function widthOf(fields: HeaderList): number {
  return fields.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
}

function placesOf(bytes: Buffer, text: string, from: number): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(text, from); at >= 0; at = bytes.indexOf(text, at + text.length)) places.push(at)
  return places
}
