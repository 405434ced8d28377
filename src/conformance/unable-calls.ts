import { modernCodes } from '../protocol/modern.js'
import type { Reply } from '../wire/reply.js'
import { isForm } from './answers.js'
import type { Client } from './client.js'
import { featureOf } from './client-features.js'
import { ableClient, type InputRequired, inputRequired, needQuestions, requestsOf } from './input-required.js'
import { nameOfCall } from './rounds.js'

/** A call that asks an able client for input, as made by a client that declares less. */
export interface UnableCall {
  asked: InputRequired
  declared: Record<string, any>
  /** What of an able client's capabilities is missing; undefined where nothing at all is declared. */
  part?: string
  what: string
  reply: Reply
}

/** Every call that asks, made by clients that lack one of the capabilities it takes, or all; once per run. */
export async function onceUnable(client: Client): Promise<UnableCall[]> {
  const questions = await needQuestions(client)
  return client.once('calls of unable clients', async () => {
    const calls = questions.map(async (asked) => {
      const made: UnableCall[] = []
      for (const { declared, part } of lesserClients(asked)) {
        const reply = await client.request(asked.method, asked.params, { meta: { clientCapabilities: declared } })
        const what = `${nameOfCall(asked)} by a client that declares ${JSON.stringify(declared)}`
        made.push({ asked, declared, ...(part ? { part } : {}), what, reply })
      }
      return made
    })
    return (await Promise.all(calls)).flat()
  })
}

function lesserClients({ result }: InputRequired): { declared: Record<string, any>; part?: string }[] {
  const wanted = requestsOf(result)
  const parts = new Set(wanted.map(({ method }) => featureOf(method)).filter((part) => part !== undefined))
  const modes = wanted.flatMap(({ method, params }) => (method === 'elicitation/create' ? [isForm(params)] : []))
  return [
    { declared: {} },
    ...[...parts].map((part) => ({ declared: { ...ableClient, [part]: undefined }, part })),
    ...(modes.includes(true)
      ? [{ declared: { ...ableClient, elicitation: { url: {} } }, part: 'elicitation.form' }]
      : []),
    ...(modes.includes(false) ? [{ declared: { ...ableClient, elicitation: {} }, part: 'elicitation.url' }] : []),
  ].map((one) => ({ ...one, declared: JSON.parse(JSON.stringify(one.declared)) }))
}

/** Every call that asks, made by clients that lack capabilities it does not take: they must be asked for no more than an able one. */
export async function sufficientCalls(client: Client): Promise<{ declared: Record<string, any>; reply: Reply }[]> {
  const calls = (await needQuestions(client)).flatMap(({ method, params, result }) => {
    const wanted = requestsOf(result).map((request) => String(featureOf(request.method)))
    const spare = Object.keys(ableClient).filter((feature) => !wanted.includes(feature))
    const lacks = spare.length > 1 ? [spare, ...spare.map((one) => [one])] : [spare]
    return lacks.map(async (names) => {
      const declared = Object.fromEntries(Object.entries(ableClient).filter(([name]) => !names.includes(name)))
      return { declared, reply: await client.request(method, params, { meta: { clientCapabilities: declared } }) }
    })
  })
  return Promise.all(calls)
}

/** True where all that is asked of a client was declared by it. */
export function asksWhatIsDeclared({ declared, reply }: UnableCall): boolean {
  return requestsOf(reply.response?.result ?? {}).every(({ method, params }) => {
    const feature = featureOf(method)
    if (feature === undefined || !(feature in declared)) return false
    return feature !== 'elicitation' || takesMode(declared.elicitation, params)
  })
}

/** Whether a client takes elicitation in that mode: `{}` stands for forms. Spec: 2026-07-28/client/elicitation#capabilities. */
export function takesMode(elicitation: Record<string, any>, params: Record<string, any>): boolean {
  if (params.mode === 'url') return 'url' in elicitation
  return 'form' in elicitation || Object.keys(elicitation).length === 0
}

/** The errors of unable clients, and of the tour's, which declares nothing, that tell of a missing capability. */
export async function capabilityErrors(
  client: Client,
): Promise<{ what: string; reply: Reply; method: string; params?: any }[]> {
  const { steps } = await client.survey()
  const toured = steps.map(({ method, params, reply }) => ({ what: method, method, params, reply }))
  const unable = (await inputRequired(client)).length > 0 ? await onceUnable(client) : []
  const calls = unable.map(({ asked, what, reply }) => ({ what, method: asked.method, params: asked.params, reply }))
  return [...toured, ...calls].filter(
    ({ reply }) => reply.response?.error?.code === modernCodes.missingClientCapability,
  )
}
