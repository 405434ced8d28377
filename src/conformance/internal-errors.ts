import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { expect, notTestable } from './expect.js'
import type { Fault } from './fault.js'
import { askAll, onAnswer } from './refusal.js'

/** Words by which a server says itself that it, and not the caller, was at fault. */
const admits = /\b(internal|unexpected|unhandled)\b.{0,40}\b(error|failure|exception)\b/i

/** Among the errors to `method`, in the tour and to these trying params, those the server calls internal itself must carry -32603. */
export async function expectInternalCode(
  client: Client,
  method: string,
  trying: readonly (Record<string, unknown> | undefined)[],
): Promise<void> {
  const survey = await client.survey()
  const toured = survey.steps.filter((step) => step.method === method).map(({ reply }) => reply)
  const tried = (await askAll(client, method, trying)).map(({ reply }) => reply)
  const errors = [...toured, ...tried].map((reply) => reply.response?.error).filter(isObject)
  const internal = errors.filter(({ message }) => admits.test(String(message)))
  if (internal.length === 0) notTestable(`nothing made the server say that ${method} failed inside`)
  for (const error of internal)
    expect(
      error.code === -32603,
      `an internal failure of ${method} has another code than the one for it`,
      -32603,
      error,
    )
}

/** A fault: refusals of `method` are said to be failures inside, under a code of the server's own. */
export function failsInside(method: string): Fault {
  return onAnswer(method, (message) =>
    'error' in message ? { error: { code: -1, message: 'internal failure' } } : undefined,
  )
}

/** A text longer than most programs reckon with. */
export const longText = 'a'.repeat(5000)
