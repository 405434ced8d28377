import fc from 'fast-check'

/** The same inputs in every run, unless ANY_BYTES_SEED names another seed; a failure prints it, with the smallest input that fails. */
export const seed = Number(process.env.ANY_BYTES_SEED ?? 20_261_129)

/** Looks for a counterexample among `runs` inputs of the seed. */
export const bounds = (runs: number): fc.Parameters<unknown> => ({ seed, numRuns: runs })

const tokens = [
  ...[
    'data: ',
    'data:',
    'event: message',
    'id: 1',
    'id: ',
    'retry: 0',
    ':',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\ufeff',
    '\0',
  ],
  ...[
    '{"jsonrpc":"2.0","id":',
    '1',
    '"result":',
    '{}',
    '}',
    '{',
    '[',
    ']',
    ',',
    '"',
    '\\u',
    '\\',
    'null',
    '-',
    '1e999',
  ],
  ...['"__proto__":', '"error":{"code":-32601}', '"method":"ping"', '"tools":[', '\ud800', '\u2028', '\u001b['],
]

/** Bytes of any kind, and such as come near to what is parsed: pieces of event streams and of JSON-RPC, cut and mixed with others. */
export const bytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array)),
  fc
    .array(fc.oneof(fc.constantFrom(...tokens), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 60 })
    .map((parts) => Buffer.from(parts.join(''))),
  fc.json().map((text) => Buffer.from(text)),
)

/** The same bytes in pieces, as a network may deliver them. */
export const inPieces = (whole: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, at) => whole.subarray(from, places[at] ?? whole.length))
}
