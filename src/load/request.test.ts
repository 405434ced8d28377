import { describe, expect, it } from 'vitest'
import { CallBytes, canaryMark, canaryOf, ids, requestBytes } from './request.js'

const url = new URL('http://user@[::1]:8080/mcp?x=1#part')

function parts(bytes: Buffer): { line: string; fields: string[]; body: string } {
  const [head = '', ...rest] = bytes.toString().split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  return { line, fields, body: rest.join('\r\n\r\n') }
}

describe('requestBytes', () => {
  it('adds what a POST needs and counts its body in bytes', () => {
    const { line, fields, body } = parts(requestBytes('POST', url, [['Mcp-Session-Id', 'abc']], { text: 'é' }))
    expect(line).toBe('POST /mcp?x=1 HTTP/1.1')
    expect(fields).toEqual([
      'Host: [::1]:8080',
      'Content-Type: application/json',
      'Accept: application/json, text/event-stream',
      'Content-Length: 13',
      'Mcp-Session-Id: abc',
    ])
    expect(body).toBe('{"text":"é"}')
  })

  it('has neither body nor its fields for a DELETE', () => {
    const { line, fields, body } = parts(requestBytes('DELETE', url, []))
    expect([line, fields, body]).toEqual(['DELETE /mcp?x=1 HTTP/1.1', ['Host: [::1]:8080'], ''])
  })

  it("leaves the caller's own fields as they are", () => {
    const { fields } = parts(
      requestBytes(
        'POST',
        url,
        [
          ['host', 'a.example'],
          ['ACCEPT', 'application/json'],
        ],
        {},
      ),
    )
    expect(fields).toEqual([
      'Content-Type: application/json',
      'Content-Length: 2',
      'host: a.example',
      'ACCEPT: application/json',
    ])
  })

  it.each([
    ['a line break', 'x-a', 'b\r\nx-c: d'],
    ['a character beyond one byte', 'x-a', '€'],
    ['no name', '', 'b'],
    ['a space in the name', 'x a', 'b'],
  ])('refuses a header with %s', (_, name, value) => {
    expect(() => requestBytes('GET', url, [[name, value]])).toThrow(TypeError)
  })
})

describe('CallBytes', () => {
  const params = { name: 'echo', arguments: { text: canaryMark, other: [`é ${canaryMark}!`], id: 5 } }

  it('puts the id and the canaries in place, again and again, in one buffer', () => {
    const call = new CallBytes(url, [], 'tools/call', params)
    const first = call.with(ids.first)
    for (const id of [ids.first, 1_234_567_890, ids.last, ids.first + 1]) {
      const bytes = call.with(id)
      expect(bytes).toBe(first)
      const { fields, body } = parts(bytes)
      expect(fields).toContain(`Content-Length: ${Buffer.byteLength(body)}`)
      expect(JSON.parse(body)).toEqual({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: { name: 'echo', arguments: { text: canaryOf(id), other: [`é ${canaryOf(id)}!`], id: 5 } },
      })
    }
  })

  it('puts canaries into the headers that mirror the params too, and into no other', () => {
    const mirroring: [string, string][] = [
      ['Mcp-Method', 'tools/call'],
      ['mcp-param-text', `é ${canaryMark}!`],
    ]
    const call = new CallBytes(url, [['x-a', canaryMark]], 'tools/call', params, mirroring)
    for (const id of [1_234_567_890, ids.last]) {
      const { fields, body } = parts(call.with(id))
      expect(fields).toEqual(expect.arrayContaining([`x-a: ${canaryMark}`, 'Mcp-Method: tools/call']))
      expect(call.with(id).toString('latin1')).toContain(`mcp-param-text: é ${canaryOf(id)}!\r\n`)
      expect(JSON.parse(body)).toMatchObject({ id, params: { arguments: { text: canaryOf(id), id: 5 } } })
    }
  })

  it('sends no params where there are none, and mistakes no header for a canary', () => {
    const { fields, body } = parts(new CallBytes(url, [['x-a', canaryMark]], 'ping').with(1_000_000_001))
    expect(JSON.parse(body)).toEqual({ jsonrpc: '2.0', id: 1_000_000_001, method: 'ping' })
    expect(fields).toContain(`x-a: ${canaryMark}`)
  })
})
