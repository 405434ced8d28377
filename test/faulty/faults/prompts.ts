import { isObject } from '../core/jsonrpc.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { declare, type Fault, instead, must, onResult, recode, should } from './fault.js'

const isGet = (turn: Turn): boolean => turn.method === 'prompts/get'
const known = ['summarise_book', 'poster', 'greeting']

const parts =
  (change: (content: Json) => void) =>
  (base: Policy): Partial<Policy> =>
    onResult(base, 'prompts/get', (result) => {
      for (const message of result.messages as Json[]) if (isObject(message.content)) change(message.content)
    })

const embedded = (change: (resource: Json) => void) =>
  parts((content) => {
    if (isObject(content.resource)) change(content.resource)
  })

const lacksBook = (turn: Turn): boolean => {
  const given = turn.params.arguments
  return isGet(turn) && turn.params.name === 'summarise_book' && (!isObject(given) || given.book === undefined)
}

/** Faults of prompts. */
export const promptFaults: Fault[] = [
  must('prompts/undeclared', 'prompts-capability-declared', 'LS', 'prompts are served but not declared', (base) =>
    declare(base, ({ prompts: _gone, ...rest }) => rest),
  ),
  must(
    'prompts/list-missing',
    'prompts-list-answered-legacy',
    'FJ',
    'prompts/list is unknown although declared',
    (base) =>
      instead(base, ({ method }) =>
        method === 'prompts/list' ? { error: { code: -32601, message: 'not here' } } : undefined,
      ),
  ),
  should('prompts/unknown-32603', 'prompts-unknown-name-32602', 'LJ', 'an unknown prompt gets -32603', (base) =>
    recode(base, -32602, -32603, (turn) => isGet(turn) && !known.includes(String(turn.params.name))),
  ),
  should('prompts/unknown-empty', 'prompts-unknown-name-32602', 'CH', 'an unknown prompt has no messages', (base) =>
    instead(base, (turn) =>
      isGet(turn) && !known.includes(String(turn.params.name)) ? { result: { messages: [] } } : undefined,
    ),
  ),
  should(
    'prompts/missing-undefined',
    'prompts-missing-argument-32602',
    'FS',
    'a missing argument becomes "undefined"',
    (base) => ({
      dispatch: (turn) =>
        base.dispatch(
          lacksBook(turn) ? { ...turn, params: { ...turn.params, arguments: { book: 'undefined' } } } : turn,
        ),
    }),
  ),
  should('prompts/missing-32603', 'prompts-missing-argument-32602', 'LJ', 'a missing argument gets -32603', (base) =>
    recode(base, -32602, -32603, lacksBook),
  ),
  should(
    'prompts/types-unchecked',
    'prompts-arguments-validated',
    'FJ',
    'prompt arguments of other types pass',
    (base) => ({
      dispatch(turn) {
        const given = turn.params.arguments
        if (!isGet(turn) || !isObject(given)) return base.dispatch(turn)
        const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
        return base.dispatch({ ...turn, params: { ...turn.params, arguments: texts } })
      },
    }),
  ),
  should(
    'prompts/types-crash',
    'prompts-arguments-validated',
    'LJ',
    'a prompt argument of another type ends in HTTP 500',
    (base) => ({
      async dispatch(turn) {
        const given = turn.params.arguments
        if (isGet(turn) && isObject(given) && Object.values(given).some((one) => typeof one !== 'string'))
          throw new Error('crash')
        return base.dispatch(turn)
      },
    }),
  ),
  must(
    'prompts/image-raw',
    'prompts-image-base64',
    'FS CH',
    'an image in a prompt is not base64',
    parts((content) => {
      if (content.type === 'image') content.data = '\u0089PNG <binary>'
    }),
  ),
  must(
    'prompts/image-type',
    'prompts-image-base64',
    'LJ',
    'the MIME type of an image is png',
    parts((content) => {
      if (content.type === 'image') content.mimeType = 'png'
    }),
  ),
  must(
    'prompts/audio-url',
    'prompts-audio-base64',
    'LS',
    'audio in a prompt is a URL',
    parts((content) => {
      if (content.type === 'audio') content.data = 'https://ledger.example.org/chirp.wav'
    }),
  ),
  must(
    'prompts/embedded-no-uri',
    'prompts-embedded-resource-fields',
    'FJ',
    'an embedded resource has no uri',
    embedded((one) => delete one.uri),
  ),
  must(
    'prompts/embedded-no-type',
    'prompts-embedded-resource-fields',
    'FS',
    'an embedded resource has no mimeType',
    embedded((one) => delete one.mimeType),
  ),
  must(
    'prompts/embedded-no-content',
    'prompts-embedded-resource-fields',
    'LS',
    'an embedded resource has neither text nor blob',
    embedded((one) => delete one.text),
  ),
  should(
    'prompts/get-missing',
    'prompts-capability-respected',
    'LJ',
    'prompts are declared but prompts/get is unknown',
    (base) => instead(base, (turn) => (isGet(turn) ? { error: { code: -32601, message: 'not here' } } : undefined)),
  ),
  must('prompts/template', 'prompts-injection-safe', 'FJ', 'template expressions in arguments are evaluated', (base) =>
    parts((content) => {
      if (typeof content.text === 'string')
        content.text = content.text.replace(/[{$]\{ *(\d+) *\* *(\d+) *\}\}?/g, (_all, a, b) =>
          String(Number(a) * Number(b)),
        )
    })(base),
  ),
]
