import {
  CallToolRequestParamsSchema,
  CompleteRequestParamsSchema,
  GetPromptRequestParamsSchema,
  InitializeRequestParamsSchema,
  LoggingLevelSchema,
  PaginatedRequestParamsSchema,
  ReadResourceRequestParamsSchema,
  type Result,
} from '@modelcontextprotocol/sdk/types.js'
import * as z from 'zod'
import { complete } from '../weather/completions.js'
import { getPrompt } from '../weather/prompts.js'
import { readResource } from '../weather/resources.js'
import type { ToolContext } from '../weather/tool.js'
import { callTool } from './call-tool.js'
import type { Conversation } from './conversation.js'
import { invalidParams } from './error.js'
import { listPrompts, listResources, listResourceTemplates, listTools } from './listings.js'
import type { AnyRevision } from './revisions.js'

/** Answers the requests of one method, `Speaker` being what it has to know of the client. */
export type Handler<Speaker> = (params: unknown, speaker: Speaker, context: ToolContext) => Result | Promise<Result>

/** What the features know of a client. */
export type Speaker = { revision: AnyRevision }

/** A method whose params are parsed before it runs; -32602 if they do not fit. */
function method<Params, Speaker>(
  schema: { safeParse(value: unknown): { success: true; data: Params } | { success: false } },
  run: (params: Params, speaker: Speaker, context: ToolContext) => Result | Promise<Result>,
): Handler<Speaker> {
  return (params, speaker, context) => {
    const parsed = schema.safeParse(params ?? {})
    if (!parsed.success) throw invalidParams('The params do not fit the method')
    return run(parsed.data, speaker, context)
  }
}

const noParams = z.looseObject({})
const uriParams = z.looseObject({ uri: z.string() })
const levelParams = z.looseObject({ level: LoggingLevelSchema })

/** The methods of every conversation about the conversation itself. */
export const CONVERSATION_METHODS: ReadonlyMap<string, Handler<Conversation>> = new Map([
  [
    'initialize',
    method(InitializeRequestParamsSchema, (params, conversation: Conversation) =>
      conversation.initialize(params.protocolVersion),
    ),
  ],
  ['ping', method(noParams, () => ({}))],
])

/** The methods that every revision has. */
export const METHODS: ReadonlyMap<string, Handler<Speaker>> = new Map([
  [
    'tools/list',
    method(PaginatedRequestParamsSchema, ({ cursor }, { revision }: Speaker) => listTools(cursor, revision)),
  ],
  [
    'tools/call',
    method(CallToolRequestParamsSchema, ({ name, arguments: args = {} }, { revision }: Speaker, context) =>
      callTool(name, args, context, revision),
    ),
  ],
  [
    'resources/list',
    method(PaginatedRequestParamsSchema, ({ cursor }, { revision }: Speaker) => listResources(cursor, revision)),
  ],
  [
    'resources/templates/list',
    method(PaginatedRequestParamsSchema, ({ cursor }, { revision }: Speaker) =>
      listResourceTemplates(cursor, revision),
    ),
  ],
  ['resources/read', method(ReadResourceRequestParamsSchema, ({ uri }) => ({ contents: [readResource(uri)] }))],
  [
    'prompts/list',
    method(PaginatedRequestParamsSchema, ({ cursor }, { revision }: Speaker) => listPrompts(cursor, revision)),
  ],
  ['prompts/get', method(GetPromptRequestParamsSchema, ({ name, arguments: args = {} }) => getPrompt(name, args))],
])

/** The method of the completions capability, which came with 2025-03-26. */
export const COMPLETION_METHODS: ReadonlyMap<string, Handler<Speaker>> = new Map([
  [
    'completion/complete',
    method(CompleteRequestParamsSchema, ({ ref, argument }) => ({ completion: complete(ref, argument) })),
  ],
])

/** The methods that only make sense for a server that remembers its client from one request to the next. */
export const SESSION_METHODS: ReadonlyMap<string, Handler<Conversation>> = new Map([
  [
    'logging/setLevel',
    method(levelParams, ({ level }, conversation: Conversation) => {
      conversation.logLevel = level
      return {}
    }),
  ],
  [
    'resources/subscribe',
    method(uriParams, ({ uri }, conversation: Conversation) => {
      conversation.subscriptions.add(readResource(uri).uri)
      return {}
    }),
  ],
  [
    'resources/unsubscribe',
    method(uriParams, ({ uri }, conversation: Conversation) => {
      conversation.subscriptions.delete(readResource(uri).uri)
      return {}
    }),
  ],
])
