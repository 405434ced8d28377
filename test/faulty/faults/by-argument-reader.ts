import type { Json } from '../core/types.js'
import { type Fault, instead, isCall, must, nameOf, onResponse, onResult, recode, should } from './fault.js'
import { argumentsOf, number, seenAs, withArguments } from './seen-as.js'

/** Faults of the way arguments of methods are read. */
export const argumentReaderFaults: Fault[] = [
  must('tools/numbers-in-quotes', 'tools-inputs-validated', 'FJ LS', 'texts of digits pass for numbers', (base) =>
    seenAs((turn) =>
      turn.method === 'tools/call'
        ? withArguments(
            turn,
            Object.fromEntries(
              Object.entries(argumentsOf(turn)).map(([k, v]) => [
                k,
                isCall(turn, 'sum_pair') || k === 'steps' ? number(v) : v,
              ]),
            ),
          )
        : undefined,
    )(base),
  ),
  must(
    'tools/length-unchecked',
    'tools-inputs-validated',
    'LJ CH',
    'texts may be longer than the schema says',
    (base) =>
      seenAs((turn) =>
        isCall(turn, 'parrot') || isCall(turn, 'jot')
          ? withArguments(
              turn,
              Object.fromEntries(
                Object.entries(argumentsOf(turn)).map(([k, v]) => [k, typeof v === 'string' ? v.slice(0, 4000) : v]),
              ),
            )
          : undefined,
      )(base),
  ),
  must(
    'tools/no-arguments-runs',
    'tools-inputs-validated',
    'LS FJ',
    'a call without arguments runs with empty ones',
    (base) =>
      instead(base, (turn) =>
        isCall(turn, 'parrot') && turn.params.arguments === undefined
          ? { result: { content: [{ type: 'text', text: '' }], isError: false } }
          : undefined,
      ),
  ),
  must(
    'tools/names-trimmed',
    'tools-unknown-tool-error',
    'FJ LJ',
    'blanks around the name of a tool are cut off',
    (base) =>
      seenAs((turn) =>
        turn.method === 'tools/call' && typeof turn.params.name === 'string'
          ? { ...turn.params, name: nameOf(turn).trim() }
          : undefined,
      )(base),
  ),
  must(
    'tools/arguments-error-in-newest',
    'tools-input-validation-is-error',
    'FJ LS',
    'in 2025-11-25 bad arguments are -32602',
    (base) =>
      onResponse(base, (message, turn) => {
        const result = message.result as Json | undefined
        if (turn.method !== 'tools/call' || isCall(turn, 'fragile') || result?.isError !== true) return message
        return {
          jsonrpc: '2.0',
          id: message.id,
          error: { code: -32602, message: 'these arguments do not fit the schema' },
        }
      }),
  ),
  must('resources/uri-in-list', 'resources-uri-validated', 'LJ FJ', 'a list of one URI is read', (base) =>
    seenAs((turn) =>
      turn.method === 'resources/read' && Array.isArray(turn.params.uri)
        ? { ...turn.params, uri: String(turn.params.uri) }
        : undefined,
    )(base),
  ),
  must('resources/after-nul', 'resources-uri-validated', 'FJ LS', 'what follows %00 in a URI is not read', (base) =>
    seenAs((turn) =>
      turn.method === 'resources/read' && typeof turn.params.uri === 'string'
        ? { ...turn.params, uri: turn.params.uri.split('%00')[0] }
        : undefined,
    )(base),
  ),
  must(
    'resources/list-needs-params',
    'resources-list-answered-legacy',
    'FJ CH',
    'resources/list without params fails',
    (base) => ({
      classify(raw, ex) {
        const item = base.classify(raw, ex)
        if (item.kind === 'request' && item.method === 'resources/list' && !('params' in (raw as Json))) {
          return { ...item, params: { cursor: 0 } }
        }
        return item
      },
    }),
  ),
  should(
    'resources/missing-instance',
    'resources-not-found-32002',
    'LJ FS',
    'an account that does not exist is -32603',
    (base) => ({
      ...recode(base, -32002, -32603, (turn) => String(turn.params.uri).includes('/accounts/')),
    }),
  ),
  must(
    'pagination/empty-cursor-at-end',
    'pagination-terminates',
    'FJ LS',
    'the last page has an empty cursor that leads to the first',
    (base) => {
      const lists = ['resources/templates/list', 'prompts/list']
      const ended = onResult(base, 'prompts/list', (result) => {
        result.nextCursor ??= ''
      })
      const both = onResult({ ...base, ...ended }, 'resources/templates/list', (result) => {
        result.nextCursor ??= ''
      })
      return {
        ...both,
        dispatch: (turn) =>
          base.dispatch(lists.includes(turn.method) && turn.params.cursor === '' ? { ...turn, params: {} } : turn),
      }
    },
  ),
  should(
    'pagination/foreign-cursor',
    'pagination-invalid-cursor-32602',
    'LJ FJ',
    'a garbage cursor of resources is taken for a place',
    (base) =>
      seenAs((turn) =>
        turn.method.startsWith('resources/') &&
        typeof turn.params.cursor === 'string' &&
        !/^[0-9A-F]+$/.test(turn.params.cursor)
          ? { ...turn.params, cursor: undefined }
          : undefined,
      )(base),
  ),
  should('logging/level-any-case', 'logging-invalid-level-32602', 'FJ CH', 'levels in capitals pass', (base) =>
    seenAs((turn) =>
      turn.method === 'logging/setLevel' && typeof turn.params.level === 'string'
        ? { ...turn.params, level: turn.params.level.toLowerCase() }
        : undefined,
    )(base),
  ),
  should('prompts/unknown-32601', 'prompts-unknown-name-32602', 'LS FJ', 'an unknown prompt is -32601', (base) =>
    recode(
      base,
      -32602,
      -32601,
      (turn) => turn.method === 'prompts/get' && !['summarise_book', 'poster', 'greeting'].includes(nameOf(turn)),
    ),
  ),
  must(
    'completion/nameless-argument',
    'completion-inputs-validated',
    'FJ LS',
    'a completion without the value of the argument is answered',
    (base) =>
      instead(base, (turn) => {
        const given = turn.params.argument as Json | undefined
        if (turn.method !== 'completion/complete' || typeof given !== 'object' || given.value !== undefined)
          return undefined
        return { result: { completion: { values: [], total: 0, hasMore: false } } }
      }),
  ),
]
