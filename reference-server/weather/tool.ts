import type { CallToolResult, LoggingLevel } from '@modelcontextprotocol/sdk/types.js'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

/** What a running tool may do besides returning its result. */
export interface ToolContext {
  /** Aborted once the client has cancelled the call or its session has ended. */
  signal: AbortSignal
  /** Reports progress; without effect if the client sent no progressToken. */
  progress(done: number, total: number, message: string): Promise<void>
  /** Sends a log message, unless the session's level is higher or logging was not declared. */
  log(level: LoggingLevel, data: string): Promise<void>
  /** Tells the subscribers of a resource, in all sessions, that it changed. */
  touch(uri: string): void
  /** Tells all who listen that the lists of tools, prompts and resources may have changed; 2026-07-28 only. */
  listsChanged(): void
  /**
   * The user's answers to questions, by key. Where answers are missing the call ends here, and the tool runs again from
   * its start when they have come (2026-07-28 only). Throws {@link WeatherFailure} for a client that cannot be asked.
   */
  ask(questions: Record<string, Question>): Promise<Record<string, Answer>>
}

/** A form for the user; flat, as requestedSchema has to be (elicitation-schema-flat). */
export interface Question {
  message: string
  schema: { type: 'object'; properties: Record<string, object>; required?: string[] }
}

/** What the user did with a form; `content` fits its schema. */
export type Answer = { action: 'accept'; content: Record<string, unknown> } | { action: 'decline' | 'cancel' }

/** A JSON Schema (2020-12) whose root is an object; unknown keys are refused by schema and by server alike. */
export type ObjectSchema = {
  type: 'object'
  properties: Record<string, object>
  required?: string[]
  additionalProperties: false
}

/** A tool as the registry holds it. */
export interface Tool {
  name: string
  title: string
  description: string
  inputSchema: ObjectSchema
  outputSchema?: ObjectSchema
  /** Scope that an OAuth token needs in addition to `weather:read`. */
  scope?: string
  /** True when the tool cannot do without asking the user. */
  asks?: true
  /** True when the tool changes nothing. */
  readOnly: boolean
  /** Gets arguments that fit `inputSchema`. Throws {@link WeatherFailure} for a failure of the domain. */
  run(args: any, context: ToolContext): CallToolResult | Promise<CallToolResult>
}

/** A failure of the tool itself, reported with isError (tools-execution-error-in-result). */
export class WeatherFailure extends Error {}

const ajv = new Ajv2020({ allErrors: false, strict: true }).addVocabulary(['x-mcp-header'])
const compiled = new WeakMap<object, ValidateFunction>()

/** What is wrong with the arguments, in words that quote nothing of them; undefined when they fit the schema. */
export function complaintAbout(args: unknown, schema: ObjectSchema | Question['schema']): string | undefined {
  let validate = compiled.get(schema)
  if (!validate) {
    validate = ajv.compile(schema)
    compiled.set(schema, validate)
  }
  if (validate(args)) return undefined
  const first = validate.errors?.[0]
  return `Invalid arguments: ${first?.instancePath.slice(1) || 'they'} ${first?.message ?? 'do not fit the schema'}`
}

/** A result of one text block. */
export function text(content: string): CallToolResult {
  return { content: [{ type: 'text', text: content }] }
}

/** A result that a tool with an outputSchema owes: the object, and the same as JSON (tools-structured-content-text). */
export function structured(content: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(content) }], structuredContent: content }
}

/** The result of a call that failed in the tool. */
export function failed(message: string): CallToolResult {
  return { content: [{ type: 'text', text: message }], isError: true }
}
