import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'

/** A result that asks for input before the request can be completed. */
export interface InputRequired {
  method: string
  params: Record<string, unknown>
  result: Record<string, any>
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
 * What the named tools, a sample of the resources and one of the prompts ask of a client that declares every capability, found once per
 * run. Spec: 2026-07-28/basic/patterns/mrtr.
 */
export function inputRequired(client: Client): Promise<InputRequired[]> {
  return client.once('input required', async () => {
    const survey = await client.survey()
    const asking = survey.steps.filter(({ method }) => /^(resources\/read|prompts\/get)$/.test(method))
    const others = asking.slice(0, 2 * sample).map(({ method, params = {} }) => ({ method, params }))
    const calls = client.tools.map((tool) => ({
      method: 'tools/call',
      params: { name: tool.name, arguments: tool.arguments } as Record<string, unknown>,
    }))
    const able = await client.as({ capabilities: ableClient })
    const asked = [...calls, ...others].map(async ({ method, params }) => {
      const result: unknown = (await able.request(method, params)).response?.result
      return isObject(result) && result.resultType === 'input_required' ? [{ method, params, result }] : []
    })
    return (await Promise.all(asked)).flat()
  })
}
