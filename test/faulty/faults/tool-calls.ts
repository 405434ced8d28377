import { perform } from '../content/tools.js'
import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy, Reply, Turn } from '../core/types.js'
import { type Fault, instead, must, nameOf, onTool, should } from './fault.js'

const isCall = (turn: Turn): boolean => turn.method === 'tools/call'

/** Runs a tool without looking at its arguments. */
function unchecked(tool: string, when: (given: Json) => boolean = () => true) {
  return (base: Policy): Partial<Policy> => ({
    async dispatch(turn): Promise<Reply> {
      const given = turn.params.arguments ?? {}
      if (!isCall(turn) || nameOf(turn) !== tool || !isObject(given) || !when(given)) return base.dispatch(turn)
      return { result: await perform(tool, given, turn) }
    },
  })
}

const known = ['parrot', 'sum_pair', 'long_haul', 'fragile', 'gallery', 'jot', 'ledger.lookup']
const oops = (text: string): Reply => ({ result: { content: [{ type: 'text', text }], isError: true } })

/** Faults of calling tools. */
export const toolCallFaults: Fault[] = [
  must('tools/unknown-as-result', 'tools-unknown-tool-error', 'FJ CH', 'an unknown tool is a tool result', (base) =>
    instead(base, (turn) => (isCall(turn) && !known.includes(nameOf(turn)) ? oops('unknown tool') : undefined)),
  ),
  must('tools/unknown-succeeds', 'tools-unknown-tool-error', 'LS', 'an unknown tool has an empty result', (base) =>
    instead(base, (turn) => (isCall(turn) && !known.includes(nameOf(turn)) ? { result: { content: [] } } : undefined)),
  ),
  must('tools/no-name-as-result', 'tools-malformed-call-error', 'FJ', 'a call without name is a tool result', (base) =>
    instead(base, (turn) => (isCall(turn) && turn.params.name === undefined ? oops('name is missing') : undefined)),
  ),
  must('tools/list-arguments-pass', 'tools-malformed-call-error', 'LJ', 'arguments may be a list', (base) => ({
    dispatch(turn) {
      const list = isCall(turn) && Array.isArray(turn.params.arguments)
      return base.dispatch(list ? { ...turn, params: { ...turn.params, name: 'gallery', arguments: {} } } : turn)
    },
  })),
  must(
    'tools/types-unchecked',
    'tools-inputs-validated',
    'FJ CH',
    'types of arguments are not checked',
    unchecked('sum_pair'),
  ),
  must('tools/required-unchecked', 'tools-inputs-validated', 'LS', 'a required argument may be missing', (base) =>
    unchecked('parrot', (given) => given.phrase === undefined)(base),
  ),
  must('tools/extras-unchecked', 'tools-input-validation-is-error', 'LJ', 'forbidden extra arguments pass', (base) =>
    unchecked('parrot', (given) => typeof given.phrase === 'string')(base),
  ),
  must('tools/range-unchecked', 'tools-inputs-validated', 'FS', 'numbers out of range pass', (base) =>
    unchecked('long_haul', (given) => Number.isInteger(given.steps) && Number(given.steps) < 1)(base),
  ),
  must('tools/any-phrase', 'tools-inputs-validated', 'FJ', 'any value passes for a string', (base) =>
    unchecked('parrot', (given) => given.phrase !== undefined && Object.keys(given).length === 1)(base),
  ),
  must('tools/invalid-crashes', 'tools-inputs-validated', 'LJ', 'bad arguments end in HTTP 500', (base) => ({
    async dispatch(turn) {
      const given = turn.params.arguments
      if (isCall(turn) && nameOf(turn) === 'parrot' && isObject(given) && typeof given.phrase !== 'string')
        throw new Error('crash')
      return base.dispatch(turn)
    },
  })),
  should(
    'tools/failure-as-error',
    'tools-execution-error-in-result',
    'FJ LS',
    'a domain failure is a protocol error',
    (base) =>
      instead(base, (turn) =>
        isCall(turn) && nameOf(turn) === 'fragile' ? { error: { code: -32603, message: 'it broke' } } : undefined,
      ),
  ),
  should(
    'tools/zero-as-error',
    'tools-execution-error-in-result',
    'FJ LS',
    'a tool that cannot reckon with zero ends in a protocol error',
    (base) =>
      instead(base, (turn) =>
        isCall(turn) && isObject(turn.params.arguments) && turn.params.arguments.right === 0
          ? { error: { code: -32603, message: 'division by zero' } }
          : undefined,
      ),
  ),
  must('tools/terminal-codes', 'tools-outputs-sanitized', 'FJ', 'control characters are echoed as they came', (base) =>
    onTool(base, 'parrot', (result, turn) => {
      const given = turn.params.arguments
      if (result.isError !== true && isObject(given)) result.content = [{ type: 'text', text: given.phrase }]
    }),
  ),
  must(
    'tools/legacy-unchecked',
    'tools-invalid-args-error-legacy',
    'CH',
    'in older revisions arguments are not checked',
    (base) => {
      const loose = unchecked('parrot')(base)
      return {
        dispatch: (turn) =>
          (turn.ex.revision < '2025-11-25' ? loose.dispatch?.(turn) : undefined) ?? base.dispatch(turn),
      }
    },
  ),
]
