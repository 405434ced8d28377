import { PIXEL } from '../../content/blobs.js'
import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { KEY, SERVER_INFO } from '../meta.js'
import { ACCOUNTS } from '../resources.js'
import { perform } from '../tools.js'
import {
  calls,
  failure,
  instead,
  listing,
  type ModernFault,
  must,
  notice,
  ofTool,
  result,
  seenAs,
  sent,
  should,
} from './fault.js'

const complete = (rest: Json): { result: Json } => ({
  result: { resultType: 'complete', _meta: { [KEY.server]: SERVER_INFO }, ...rest },
})
const broke = (text: string): { result: Json } => complete({ content: [{ type: 'text', text }], isError: true })

/** Faults of tools, resources, prompts, completion, progress, cancellation and logging. */
export const featureFaults: ModernFault[] = [
  must('tools/unknown-as-result', 'tools-unknown-tool-error', 'J', 'an unknown tool is a failed call', (base) => ({
    async dispatch(turn) {
      const reply = await base.dispatch(turn)
      const unknown = 'error' in reply && String(reply.error.message).includes('no tool')
      return unknown ? broke('no such tool') : reply
    },
  })),
  must(
    'tools/no-name-as-result',
    'tools-malformed-call-error',
    'S',
    'a call without a name is a failed call',
    (base) => ({
      dispatch: async (turn) =>
        turn.method === 'tools/call' && turn.params.name === undefined ? broke('no name') : base.dispatch(turn),
    }),
  ),
  must('tools/types-unchecked', 'tools-inputs-validated', 'J', 'sum_pair takes anything', (base) => ({
    async dispatch(turn) {
      const given = turn.params.arguments
      if (!calls(turn, 'sum_pair') || !isObject(given)) return base.dispatch(turn)
      return complete(await perform('sum_pair', given, turn))
    },
  })),
  must(
    'tools/structured-broken',
    'tools-structured-content-conforms',
    'M',
    'the total is text',
    ofTool('sum_pair', (one) => {
      if (isObject(one.structuredContent)) one.structuredContent.total = String(one.structuredContent.total)
    }),
  ),
  must(
    'tools/structured-missing',
    'tools-structured-content-conforms',
    'S',
    'the structured result is left out',
    ofTool('sum_pair', (one) => {
      delete one.structuredContent
    }),
  ),
  should(
    'tools/no-text-copy',
    'tools-structured-content-text',
    'J',
    'the text is not the structured result',
    ofTool('sum_pair', (one) => {
      if (one.isError !== true) one.content = []
    }),
  ),
  should(
    'tools/failure-as-error',
    'tools-execution-error-in-result',
    'J',
    'a failure is a protocol error',
    instead((turn) => (calls(turn, 'fragile') ? { error: { code: -32603, message: 'it broke' } } : undefined)),
  ),
  should(
    'tools/spaced-name',
    'tools-name-charset',
    'S',
    'a tool has a space in its name',
    listing('gallery', (card) => {
      card.name = 'the gallery'
    }),
  ),
  must(
    'tools/schema-null',
    'tools-input-schema-not-null',
    'J',
    'a schema is null',
    listing('gallery', (card) => {
      card.inputSchema = null
    }),
  ),
  must(
    'tools/schema-invalid',
    'tools-schema-valid-for-dialect',
    'M',
    'a schema names a type that does not exist',
    listing('gallery', (card) => {
      card.inputSchema = { type: 'object', properties: { hall: { type: 'text' } } }
    }),
  ),
  must(
    'tools/output-schema-invalid',
    'tools-schema-valid-for-dialect',
    'J',
    'an output schema requires a text',
    listing('gallery', (card) => {
      card.outputSchema = { type: 'array', minItems: 'two' }
    }),
  ),
  must(
    'tools/bad-picture',
    'schema-content-base64',
    'S',
    'a picture is not base64',
    ofTool('gallery', (one) => {
      for (const block of one.content as Json[])
        if (block.type === 'image') block.data = `data:image/png;base64,${PIXEL}`
    }),
  ),
  must(
    'tools/unknown-block',
    'schema-content-block-types',
    'J',
    'a block is a video',
    ofTool('gallery', (one) => (one.content as Json[]).push({ type: 'video', data: PIXEL, mimeType: 'video/mp4' })),
  ),
  must(
    'resources/missing-code',
    'resources-not-found-32602',
    'S',
    'a missing resource is -32603',
    failure((error, turn) => {
      if (turn?.method === 'resources/read' && error.data !== undefined && error.code === -32602) error.code = -32603
    }),
  ),
  must(
    'resources/missing-retired-code',
    'jsonrpc-no-retired-codes',
    'M',
    'a missing resource is -32002',
    failure((error, turn) => {
      if (turn?.method === 'resources/read' && isObject(error.data) && 'uri' in error.data) error.code = -32002
    }),
  ),
  must('resources/missing-empty', 'resources-not-found-not-empty', 'J', 'a missing resource is empty', (base) => ({
    async dispatch(turn) {
      const reply = await base.dispatch(turn)
      const gone = 'error' in reply && isObject(reply.error.data) && 'uri' in reply.error.data
      return gone ? complete({ contents: [], ttlMs: 0, cacheScope: 'public' }) : reply
    },
  })),
  must(
    'resources/picture-as-text',
    'schema-resources-read-result',
    'J',
    'a blob is in no encoding',
    result('resources/read', (one) => {
      for (const part of one.contents as Json[]) if (part.blob !== undefined) part.blob = '\u0089PNG \u00ff'
    }),
  ),
  must(
    'resources/bad-template',
    'schema-resource-templates-result',
    'S',
    'a template has an open brace',
    result('resources/templates/list', (one) => {
      const [first] = one.resourceTemplates as Json[]
      if (first !== undefined) first.uriTemplate = 'ledger:///accounts/{account'
    }),
  ),
  must(
    'resources/priority',
    'schema-annotations',
    'M',
    'a priority is 7',
    result('resources/list', (one) => {
      for (const item of one.resources as Json[]) if (isObject(item.annotations)) item.annotations.priority = 7
    }),
  ),
  must(
    'resources/nameless-on-second-page',
    'schema-resources-list-result',
    'J',
    'a resource on the second page has no name',
    result('resources/list', (one, turn) => {
      if (turn.params.cursor !== undefined) for (const item of one.resources as Json[]) delete item.name
    }),
  ),
  should(
    'prompts/unknown-code',
    'prompts-unknown-name-32602',
    'S',
    'an unknown prompt is -32603',
    failure((error, turn) => {
      if (turn?.method === 'prompts/get' && String(error.message).includes('no such')) error.code = -32603
    }),
  ),
  should(
    'prompts/required-unchecked',
    'prompts-missing-argument-32602',
    'J',
    'a required argument may be missing',
    seenAs((turn) => {
      const given = turn.params.arguments ?? {}
      if (turn.method !== 'prompts/get' || !isObject(given)) return {}
      return { params: { ...turn.params, arguments: { to: 'nobody', ...given } } }
    }),
  ),
  must(
    'prompts/bad-picture',
    'prompts-image-base64',
    'M',
    'a picture in a prompt is not base64',
    result('prompts/get', (one) => {
      for (const { content } of one.messages as { content: Json }[])
        if (content.type === 'image') content.data = 'a picture!'
    }),
  ),
  must(
    'prompts/bad-role',
    'schema-prompts-get-result',
    'S',
    'a message is from the system',
    result('prompts/get', (one) => {
      for (const message of one.messages as Json[]) message.role = 'system'
    }),
  ),
  must(
    'completion/all-values',
    'completion-max-100',
    'J',
    'all 130 values are given',
    result('completion/complete', (one) => {
      const completion = one.completion as Json
      if (completion.hasMore === true) one.completion = { values: ACCOUNTS, total: 130, hasMore: false }
    }),
  ),
  must(
    'progress/stalls',
    'progress-monotonic',
    'S',
    'the third progress repeats the second',
    notice('notifications/progress', (params) => {
      if (params.progress === 3) params.progress = 2
    }),
  ),
  must(
    'progress/token-as-text',
    'progress-known-token',
    'M',
    'a number becomes text in the token',
    notice('notifications/progress', (params) => {
      params.progressToken = String(params.progressToken)
    }),
  ),
  must('progress/unasked', 'progress-known-token', 'S', 'progress is sent to those who gave no token', (base) => ({
    dispatch: (turn) => base.dispatch({ ...turn, meta: { progressToken: 'trip', ...turn.meta } }),
  })),
  must('progress/after-answer', 'progress-stops-at-completion', 'S', 'progress follows the answer', (base) => ({
    settle(message, turn, send) {
      if (!calls(turn, 'long_haul') || turn.meta.progressToken === undefined) return base.settle(message, turn, send)
      const { finish } = turn.visit.world.policy
      turn.visit.world.policy.finish = () => undefined
      send(message)
      turn.visit.world.policy.finish = finish
      const params = { progressToken: turn.meta.progressToken, progress: 1000, total: 1000 }
      turn.say({ jsonrpc: '2.0', method: 'notifications/progress', params })
      finish(turn.visit)
    },
  })),
  must(
    'progress/as-text',
    'schema-progress-notification',
    'M',
    'progress is text',
    notice('notifications/progress', (params) => {
      params.progress = String(params.progress)
    }),
  ),
  must('logging/unasked', 'logging-silent-without-level', 'S', 'log messages are sent to everybody', (base) => ({
    dispatch: (turn) => base.dispatch({ ...turn, meta: { [KEY.level]: 'info', ...turn.meta } }),
  })),
  must(
    'logging/level-ignored',
    'logging-meta-level-respected',
    'M',
    'debug messages are sent at any level',
    seenAs((turn) => (turn.meta[KEY.level] === undefined ? {} : { meta: { ...turn.meta, [KEY.level]: 'debug' } })),
  ),
  must('logging/undeclared', 'logging-capability-declared', 'S', 'logging is not declared', (base) => ({
    capabilities(world) {
      const { logging, ...rest } = base.capabilities(world)
      return rest
    },
  })),
  must(
    'logging/tells-token',
    'logging-no-secrets',
    'MK',
    'a log message holds the token of the caller',
    notice('notifications/message', (params, turn) => {
      params.data = { headers: { authorization: turn.visit.req.headers.authorization } }
    }),
  ),
  must(
    'logging/level-loud',
    'schema-log-notification',
    'S',
    'a log level is upper case',
    notice('notifications/message', (params) => {
      params.level = String(params.level).toUpperCase()
    }),
  ),
  must(
    'cancellation/answers-elsewhere',
    'cancellation-close-no-messages',
    'S',
    'progress of a closed call goes to listeners',
    (base) => ({
      async dispatch(turn) {
        const { signal, ...rest } = turn
        if (!calls(turn, 'long_haul')) return base.dispatch(turn)
        const say = (message: Json): void => {
          if (!signal.aborted) return turn.say(message)
          for (const listener of turn.visit.world.listeners)
            listener.notify(String(message.method), message.params as Json)
        }
        return base.dispatch({ ...rest, signal: new AbortController().signal, say })
      },
    }),
  ),
  must('cancellation/crashes', 'cancellation-race-graceful', 'S', 'after a closed call the next calls fail', (base) => {
    let wounded = 0
    return {
      async dispatch(turn) {
        if (turn.method === 'tools/call' && wounded > 0) {
          wounded -= 1
          return { error: { code: -32603, message: 'the worker is gone' } }
        }
        turn.signal.addEventListener('abort', () => {
          if (calls(turn, 'long_haul') && !turn.visit.res.writableEnded) wounded = 3
        })
        return base.dispatch(turn)
      },
    }
  }),
  must(
    'cancellation/server-cancels',
    'cancellation-server-use-listen-only',
    'S',
    'the server cancels a call after its answer',
    sent((message, turn) =>
      calls(turn, 'fragile') && message.result !== undefined
        ? [{ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: turn?.id } }, message]
        : message,
    ),
  ),
]
