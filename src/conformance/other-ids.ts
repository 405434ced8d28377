import { type Id, request } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { notTestable } from './expect.js'
import type { Step } from './survey.js'

/** A request of the tour, made again with another id. */
export interface Renumbered extends Step {
  id: Id
}

/** Every kind of request of the tour again, with a text for an id and with a number below zero; once per run. */
export function withOtherIds(client: Client): Promise<Renumbered[]> {
  return client.once('requests with other ids', async () => {
    const { steps } = await client.survey()
    const answered = steps.filter((step) => step.method !== 'initialize' && step.reply.response)
    const asked = [...new Map(answered.map((step) => [step.label, step])).values()]
    if (asked.length === 0) notTestable('no request of the tour was answered')
    const session = await client.session()
    const calls = asked.flatMap((step, at) => [`text-${at}`, -1000 - at].map((id) => ({ ...step, id })))
    return Promise.all(
      calls.map(async (one) => ({ ...one, reply: await session.post(request(one.method, one.params, one.id)) })),
    )
  })
}
