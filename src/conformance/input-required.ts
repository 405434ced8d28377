import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { assume, notApplicable } from './expect.js'
import type { ServedCall } from './served-calls.js'

/** A call as a client made it that can answer whatever a server may ask, and its answer. */
export interface AbleCall {
  method: string
  params: Record<string, unknown>
  reply: Reply
}

/** A result that asks for input before the request can be completed. */
export interface InputRequired extends AbleCall {
  result: Record<string, any>
}

/** A request that a server wants its client to answer, with the key it stands under. Members may be missing. */
export interface InputRequest {
  key: string
  method: string
  params: Record<string, any>
  /** As it came. */
  request: unknown
}

/** What a client declares that can answer whatever a server may ask. */
export const ableClient = {
  elicitation: { form: {}, url: {} },
  sampling: { tools: {}, context: {} },
  roots: {},
}

/** The most resources and prompts that are asked for. */
const sample = 5

/**
 * The named tools, a sample of the resources and of the prompts, called once per run by a client that declares every capability. Spec:
 * 2026-07-28/basic/patterns/mrtr.
 */
export function ableCalls(client: Client): Promise<AbleCall[]> {
  return client.once('calls of an able client', async () => {
    const survey = await client.survey()
    const asking = survey.steps.filter(({ label }) => /^(resources\/read|prompts\/get)$/.test(label))
    const others = asking.slice(0, 2 * sample).map(({ method, params = {} }) => ({ method, params }))
    const calls = client.tools.map((tool) => ({
      method: 'tools/call',
      params: { name: tool.name, arguments: tool.arguments } as Record<string, unknown>,
    }))
    return Promise.all([...calls, ...others].map((call) => callAble(client, call)))
  })
}

/** One call of a client that declares every capability. */
export async function callAble(client: Client, { method, params = {} }: ServedCall): Promise<AbleCall> {
  const reply = await client.request(method, params, { meta: { clientCapabilities: ableClient } })
  return { method, params, reply }
}

/** The call with its questions, where it was answered with questions. */
export function questionOf(call: AbleCall): InputRequired | undefined {
  const result: unknown = call.reply.response?.result
  return isObject(result) && result.resultType === 'input_required' ? { ...call, result } : undefined
}

/** What those calls ask of the client before they can be completed; empty where none of them asks. */
export async function inputRequired(client: Client): Promise<InputRequired[]> {
  const calls = await ableCalls(client)
  return calls.flatMap((call) => questionOf(call) ?? [])
}

/** The same, where a check is about nothing else: ends it when nobody asks. */
export async function needQuestions(client: Client): Promise<InputRequired[]> {
  const questions = await inputRequired(client)
  if (questions.length > 0) return questions
  const calls = await ableCalls(client)
  const reply = calls.find((call) => call.reply.response === undefined)?.reply
  assume(reply === undefined, 'a client that declares every capability is answered', reply)
  notApplicable('no named tool, resource or prompt asks the client for input')
}

/** The requests in a result that asks for input. */
export function requestsOf({ inputRequests }: Record<string, any>): InputRequest[] {
  return Object.entries(isObject(inputRequests) ? inputRequests : {}).map(([key, request]) => {
    const { method, params } = isObject(request) ? request : { method: undefined, params: undefined }
    return { key, method: String(method), params: isObject(params) ? params : {}, request }
  })
}
