import { type LoggingLevel, LoggingLevelSchema } from '@modelcontextprotocol/sdk/types.js'
import { LOG_LEVEL_META_KEY, type Request, type Result, Server, type ServerContext } from '@modelcontextprotocol/server'
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv'
import { CODE, ProtocolError } from '../protocol/error.js'
import { INSTRUCTIONS, SERVER_INFO } from '../protocol/introduction.js'
import { MODERN_REVISION } from '../protocol/revisions.js'
import type { Question, ToolContext } from '../weather/tool.js'
import { gather, unanswered } from './answers.js'
import { CACHE_HINTS, MODERN_METHODS } from './methods.js'
import { type RequestStates, requestDigest } from './request-state.js'

const LEVELS = LoggingLevelSchema.options
const validator = new AjvJsonSchemaValidator()

/** What requests have in common and may reach outside of themselves. */
export interface Surroundings {
  /** Whether each request is answered with one JSON body, which has no place for notifications. */
  json: boolean
  states: RequestStates
  touch(uri: string): void
  listsChanged(): void
}

/** Ends a run of a tool whose user has to be asked first. */
class InputRequired extends Error {
  readonly result: Result

  constructor(result: Result) {
    super('Input is required')
    this.result = result
  }
}

/**
 * An SDK `Server` for one request, as a stateless revision wants it. The SDK frames, stamps and cancels; the methods are
 * ours, since the SDK answers unfit params with -32603 and the raw schema report.
 */
export function serverForOneRequest(surroundings: Surroundings): Server {
  const server = new Server(
    { ...SERVER_INFO, title: 'Weather' },
    {
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        completions: {},
        logging: {},
      },
      instructions: INSTRUCTIONS,
      cacheHints: { 'server/discover': CACHE_HINTS.get('server/discover')! },
      // One for all: the SDK would otherwise make a validator, which is never used, for each request.
      jsonSchemaValidator: validator,
    },
  )
  server.fallbackRequestHandler = (request, context) => answer(request, context, surroundings)
  return server
}

async function answer(request: Request, context: ServerContext, surroundings: Surroundings): Promise<Result> {
  const handler = MODERN_METHODS.get(request.method)
  if (!handler) throw new ProtocolError(CODE.methodNotFound, 'Method not found')
  try {
    const toolContext = await contextOf(request, context, surroundings)
    const result = await handler(request.params, { revision: MODERN_REVISION }, toolContext)
    return { ...result, ...CACHE_HINTS.get(request.method) } as Result
  } catch (error) {
    if (error instanceof InputRequired) return error.result
    throw error instanceof ProtocolError ? error : new ProtocolError(CODE.internal, 'Internal error')
  }
}

async function contextOf(
  { method, params = {} }: Request,
  { mcpReq, http }: ServerContext,
  { json, states, touch, listsChanged }: Surroundings,
): Promise<ToolContext> {
  const { signal } = mcpReq
  const { _meta: meta, ...own } = params as { _meta?: { progressToken?: string | number } }
  const progressToken = meta?.progressToken
  const level = (mcpReq.envelope as Record<string, unknown> | undefined)?.[LOG_LEVEL_META_KEY] as
    | LoggingLevel
    | undefined
  const notify = async (notification: Parameters<typeof mcpReq.notify>[0]) => {
    if (!json && !signal.aborted) await mcpReq.notify(notification).catch(() => {})
  }
  const digest = () => requestDigest(http?.authInfo?.clientId ?? '', method, own)
  const state = mcpReq.requestState<string>()
  const known = state === undefined ? {} : await states.open(digest(), state)
  // Without its state a response answers nothing that this server has asked.
  const responses = state === undefined ? {} : (mcpReq.inputResponses ?? {})
  return {
    signal,
    touch,
    listsChanged,
    async progress(progress, total, message) {
      if (progressToken === undefined) return
      await notify({ method: 'notifications/progress', params: { progressToken, progress, total, message } })
    },
    async log(severity, data) {
      // logging-silent-without-level, logging-meta-level-respected
      if (level === undefined || LEVELS.indexOf(severity) < LEVELS.indexOf(level)) return
      await notify({ method: 'notifications/message', params: { level: severity, logger: 'weather', data } })
    },
    async ask(questions: Record<string, Question>) {
      const answers = gather(questions, known, responses)
      const open = unanswered(questions, answers)
      if (open.length === 0) return answers
      const inputRequests = Object.fromEntries(
        open.map(([key, { message, schema }]) => [
          key,
          { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema: schema } },
        ]),
      )
      const requestState = await states.seal(digest(), answers)
      throw new InputRequired({ resultType: 'input_required', inputRequests, requestState } as Result)
    },
  }
}
