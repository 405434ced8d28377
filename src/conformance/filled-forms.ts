import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { contentFor, isForm } from './answers.js'
import type { Client, NamedTool } from './client.js'
import { expectNoCrash, throttled } from './crash.js'
import { everyForm } from './elicitations.js'
import { describe, expect, notApplicable, notTestable } from './expect.js'
import type { Fault } from './fault.js'
import { putsForms } from './put-forms.js'
import { inEitherWay } from './round-faults.js'
import { isDone, outcomeOf } from './rounds.js'
import { breaksForms, unfitContents } from './unfit-answers.js'

type Params = Record<string, any>

/** A call of a tool in whose course a form was filled in. */
interface FilledCall {
  reply: Reply
  /** The forms that came. */
  forms: Params[]
}

const method = 'elicitation/create'

/** Calls a tool as a client that fills in the first form in this way, and each further one by `next`. */
async function fill(client: Client, tool: NamedTool, first: Give, next: Give): Promise<FilledCall> {
  const forms: Params[] = []
  const session = await client.open({
    capabilities: { elicitation: {} },
    answer: (request) => {
      const params: unknown = request.params
      if (request.method !== method || !isObject(params) || !isForm(params)) return undefined
      forms.push(params)
      return { result: (forms.length === 1 ? first : next)(params) }
    },
  })
  if (client.facts.getStream) await session.get()
  return { reply: await session.request('tools/call', { ...tool }), forms }
}

type Give = (params: Params) => object
const accept: Give = ({ requestedSchema }) => ({ action: 'accept', content: contentFor(requestedSchema) })
const refuse = (action: string) => (): object => ({ action })

/**
 * In revisions with a handshake: fills in the form of each tool that asks for one in ways that do not fit. What comes must be an error, the form
 * again, or what comes where it is declined. Ends the check where no tool that asks can be called to a good end.
 */
export async function expectFormsValidated(client: Client): Promise<void> {
  await everyForm(client)
  const judged = await Promise.all(client.tools.map((tool) => judge(client, tool)))
  if (judged.every((one) => one === undefined))
    notTestable('no tool that asks by a form succeeds where it is filled in')
  if (judged.every((one) => !one)) notApplicable('no form can be filled in in a way that does not fit')
}

/** How many ways were tried; undefined where the tool does not ask, or does not succeed. */
async function judge(client: Client, tool: NamedTool): Promise<number | undefined> {
  const good = await fill(client, tool, accept, accept)
  const [params] = good.forms
  if (!params || !isDone(good.reply)) return undefined
  const refused = ['decline', 'cancel'].map((action) => fill(client, tool, refuse(action), refuse(action)))
  const refusals = (await Promise.all(refused)).map(({ reply }) => outcomeOf(reply))
  const unfit = unfitContents({ key: tool.name, method, params, request: undefined })
  const filled = unfit.map(async ({ what, answer }) => {
    const { reply, forms } = await fill(client, tool, () => answer as object, refuse('decline'))
    const call = `${tool.name}, answered with ${what},`
    if (forms.length === 0 || throttled(reply)) return
    expectNoCrash(reply, call)
    const taken = forms.length <= good.forms.length && isDone(reply) && !refusals.includes(outcomeOf(reply))
    expect(!taken, `${call} goes on as if the answer were good`, 'an error, or the form again', describe(reply))
  })
  await Promise.all(filled)
  return unfit.length
}

/** A fault: contents that do not fit are taken, in revisions with a handshake for a form that is put before each result of a tool. */
export function takesUnfitForms(): Fault {
  const older = putsForms()
  const modern = breaksForms()
  return {
    ...inEitherWay(older, modern),
    request: (request) => older.request!(request) ?? modern.request!(request),
  }
}
