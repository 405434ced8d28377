import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metadataPlaces } from '../../src/wire/detect-auth.js'
import { mediaType } from '../../src/wire/headers.js'
import { isObject, isResponse, parseJson } from '../../src/wire/jsonrpc.js'
import { redactor } from '../../src/wire/redact.js'
import { Reply } from '../../src/wire/reply.js'
import { formatSse } from '../../src/wire/sse.js'
import { mirroredParameters } from '../../src/wire/tool-headers.js'
import { bounds, bytes, inPieces, seed } from './seed.js'

const room = { bytes: 100_000, hasRoom: () => true }

function read(type: string, pieces: readonly Buffer[], messages: unknown[] = []): Reply {
  const reply = new Reply(
    0,
    room,
    () => {},
    (message) => messages.push(message),
  )
  reply.head(200, [['content-type', type]])
  for (const piece of pieces) reply.chunk(piece)
  reply.end('complete')
  return reply
}

const cuts = fc.array(fc.nat(500), { maxLength: 6 })

describe(`with seed ${seed}`, () => {
  it('any bytes are an event stream: how they are cut on their way changes nothing that is read', () => {
    fc.assert(
      fc.property(bytes, cuts, (whole, at) => {
        const [once, cut] = [read('text/event-stream', [whole]), read('text/event-stream', inPieces(whole, at))]
        expect(cut.ended).toBe('complete')
        const shown = ({ events, messages, retry }: Reply) => [
          events.map(({ at: _, ...event }) => event),
          messages,
          retry,
        ]
        expect(shown(cut)).toEqual(shown(once))
        expect(cut.body.equals(whole)).toBe(true)
      }),
      bounds(1500),
    )
  })

  it('every event that is written is read back', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\0]/g, ''))
    const event = fc.record({
      id: line,
      event: line.filter(Boolean),
      data: fc.array(line, { minLength: 1 }).map((all) => all.join('\n')),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), cuts, (all, at) => {
        const whole = Buffer.from(all.map(formatSse).join(''))
        const { events } = read('text/event-stream', inPieces(whole, at))
        expect(events.map(({ at: _, ...one }) => one)).toEqual(all)
      }),
      bounds(500),
    )
  })

  it('any bytes are a JSON answer or none: never more than JSON.parse reads', () => {
    fc.assert(
      fc.property(bytes, (whole) => {
        const messages: unknown[] = []
        const reply = read('application/json', [whole], messages)
        const value = parseJson(whole.toString())
        expect(messages).toEqual(value === undefined ? [] : [value].flat(1))
        if (reply.response) expect(isResponse(reply.response)).toBe(true)
      }),
      bounds(1500),
    )
  })

  it('any JSON value may stand where a schema, a message or a list of tools belongs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Array.isArray(mirroredParameters(value))).toBe(true)
        expect(typeof isResponse(value)).toBe('boolean')
        if (isObject(value)) expect(Array.isArray(value)).toBe(false)
        expect(redactor(['a-secret-of-some-length']).value(value)).toEqual(value)
      }),
      bounds(1000),
    )
  })

  it('any text may stand in a header field', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(mediaType(text)).not.toContain(';')
        for (const place of metadataPlaces('https://example.com/mcp', `Bearer resource_metadata="${text}"`))
          expect(URL.canParse(place)).toBe(true)
      }),
      bounds(1000),
    )
  })

  it('a secret is hidden wherever it stands, and nothing else is', () => {
    const secret = 'sk-7Qz0-secret-of-length'
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 6 }), (parts) => {
        const hidden = redactor([secret]).text(parts.join(secret))
        expect(hidden).not.toContain(secret)
        expect(redactor([secret]).text(parts.join(' '))).toBe(parts.join(' '))
      }),
      bounds(500),
    )
  })
})
