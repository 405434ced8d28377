import { encodedValue } from '../wire/header-value.js'
import type { HeaderChanges } from '../wire/headers.js'
import type { ServedCall } from './served-calls.js'

/** What is wrong with the headers of an otherwise good request of 2026-07-28. */
export type Flaw =
  | 'version missing'
  | 'version other'
  | 'method missing'
  | 'method other'
  | 'name missing'
  | 'name other'
  | 'mcp-method twice'
  | 'mcp-name twice'
  | 'case'
  | 'bytes'
  | 'base64'
  | 'lenient base64'
  | 'argument missing'
  | 'argument other'
  | 'argument case'
  | 'argument bytes'
  | 'argument base64'
  | 'argument lenient base64'

/** A request with one flaw in its headers. */
export interface FlawedRequest {
  call: ServedCall
  headers: HeaderChanges
  /** What is wrong, to be read after "with". */
  words: string
}

/** Flaws of the headers that every request has; `methods` are all that the server serves. */
export function requestFlaws(call: ServedCall, flaw: Flaw, methods: readonly string[]): FlawedRequest[] {
  const { method } = call
  const with_ = (name: string, value: string | null, words = `${name}: ${value} for ${method}`): FlawedRequest => ({
    call,
    headers: { [name.toLowerCase()]: value },
    words: value === null ? `no ${name} header` : words,
  })
  switch (flaw) {
    case 'version missing':
      return [with_('MCP-Protocol-Version', null)]
    case 'version other':
      return [with_('MCP-Protocol-Version', '1999-01-01', 'another MCP-Protocol-Version than in _meta')]
    case 'method missing':
      return [with_('Mcp-Method', null)]
    case 'case':
      return [with_('Mcp-Method', method.toUpperCase())]
    case 'bytes':
      return [with_('Mcp-Method', `${method}\u00e9`, 'a byte that is not ASCII in Mcp-Method')]
    case 'mcp-method twice':
      return [
        [method, 'gauntlet/other'],
        ['gauntlet/other', method],
      ].map((values) => ({
        call,
        headers: { 'mcp-method': values },
        words: `two Mcp-Method headers, ${values.join(' and ')},`,
      }))
    case 'method other': {
      const sibling = methods[(methods.indexOf(method) + 1) % methods.length]!
      const odd = method === 'server/discover' ? ['', 'server', `${method}/x`, 'gauntlet/unknown'] : []
      return [sibling, ...odd].filter((one) => one !== method).map((one) => with_('Mcp-Method', one))
    }
    default:
      return []
  }
}

/** Flaws of Mcp-Name, which mirrors `name`; `others` are further names that the server has and that are safe to use. */
export function nameFlaws(
  call: ServedCall,
  flaw: Flaw,
  name: string,
  others: readonly unknown[],
  canary: string,
): FlawedRequest[] {
  const known = others.find((one): one is string => typeof one === 'string' && one !== name && /^[!-~]+$/.test(one))
  const isUri = call.method === 'resources/read'
  const recased = isUri
    ? [name.replace(/^[^:]*/, (scheme) => scheme.toUpperCase())]
    : [name.toUpperCase(), name.toLowerCase()]
  const values: Partial<Record<Flaw, readonly string[]>> = {
    'name missing': [''],
    'name other': [
      canary,
      encodedValue(canary),
      Buffer.from(name).toString('base64'),
      ...(/^\w/.test(name) ? [`%${name.charCodeAt(0).toString(16)}${name.slice(1)}`] : []),
      ...(/^[!-~]+$/.test(name) ? [`${name}x`, name.slice(0, -1), ...(isUri ? [`${name}/`] : [])] : []),
      ...(known ? [known] : []),
    ],
    case: [encodedValue(name).replace('base64', 'BASE64'), ...recased.filter((one) => /^[!-~]+$/.test(one))],
    ...valueFlaws(name),
  }
  if (flaw === 'mcp-name twice')
    return [
      [name, canary],
      [canary, name],
    ]
      .filter(() => /^[!-~]+$/.test(name))
      .map((values) => ({
        call,
        headers: { 'mcp-name': values },
        words: `two Mcp-Name headers, ${values.join(' and ')},`,
      }))
  const missing: FlawedRequest = { call, headers: { 'mcp-name': null }, words: 'no Mcp-Name header' }
  const wrong = [...new Set(values[flaw])].filter((value) => value !== name)
  return [
    ...(flaw === 'name missing' ? [missing] : []),
    ...wrong.map((value) => ({ call, headers: { 'mcp-name': value }, words: `Mcp-Name: ${value} for ${name}` })),
  ]
}

/** Values of a header that do not stand for the text; what a lenient decoder could take for it stands apart. */
export function valueFlaws(text: string): { bytes: string[]; base64: string[]; 'lenient base64': string[] } {
  const right = encodedValue(text)
  const junk = right.replace('=?base64?', '=?base64?!!!')
  const unpadded = right.replace(/=+\?=$/, '?=')
  return {
    bytes: [`${text.replace(/[^ -~]/g, '')}\u00e9`, '\u00ff'],
    base64: ['=?base64?!!!?=', '=?base64?/w==?='],
    'lenient base64': [junk, unpadded].filter((value) => value !== right),
  }
}
