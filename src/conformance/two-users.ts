import { isObject } from '../wire/jsonrpc.js'
import type { Session } from '../wire/session.js'
import { cacheable } from './cacheable.js'
import type { Client } from './client.js'
import { describe, expect, notApplicable, notTestable } from './expect.js'
import type { Fault, FaultRequest } from './fault.js'
import { type Asker, type List, offeredLists, walk } from './lists.js'
import { isServed } from './mirrored-arguments.js'
import { outcomeOf } from './rounds.js'
import { type ServedCall, servedCalls } from './served-calls.js'
import { promptArguments, type Survey } from './survey.js'
import { knownTools } from './tool-calls.js'

/** The results of one request for the operator, for the second user, and for the operator again. */
export interface TwoViews {
  call: ServedCall
  own: Record<string, any>
  second: Record<string, any>
  again: Record<string, any>
}

/** What two users get for the same requests, of all that can be cached; once per run. */
export async function twoViews(client: Client): Promise<TwoViews[]> {
  const views = await client.once('two users', async () => {
    const survey = await client.survey()
    const reads = survey.all('resources/read').map(({ method, params = {} }) => ({ method, params }))
    const calls: ServedCall[] = (await servedCalls(client, cacheable)).filter(
      (call) => call.method !== 'resources/read',
    )
    const asked = [...calls, ...reads].map(async (call): Promise<TwoViews[]> => {
      const ask = async (identity: 'own' | 'second') =>
        (await client.request(call.method, call.params, { identity })).response?.result
      const [own, second, again] = [await ask('own'), await ask('second'), await ask('own')]
      return isObject(own) && isObject(second) && isObject(again) ? [{ call, own, second, again }] : []
    })
    return (await Promise.all(asked)).flat()
  })
  if (views.length === 0) notTestable('the second user is not served')
  return views
}

/** What of a result is its content: without what may differ from answer to answer. */
export function contentOf({ _meta, ttlMs, ...content }: Record<string, any>): string {
  return JSON.stringify(content)
}

/** A fault that knows users apart by their credentials: `change` gives the fault, `isFirst` tells the user that was seen first. */
export function perUser(change: (isFirst: (request: FaultRequest) => boolean) => Fault): () => Fault {
  return () => {
    let first: string | undefined
    const userOf = ({ headers }: FaultRequest) => headers.authorization ?? headers['x-api-key'] ?? ''
    const fault = change((request) => userOf(request) === first)
    return {
      ...fault,
      request(request) {
        first ??= userOf(request) || undefined
        return fault.request?.(request)
      },
    }
  }
}

/** How something of a list is asked for, by the member of the list it stands in. Tools are called only where the operator named them. */
function accessTo(client: Client, member: string, name: string, survey: Survey): ServedCall | undefined {
  if (member === 'resources') return { method: 'resources/read', params: { uri: name } }
  const prompt = member === 'prompts' ? survey.prompts.find((one) => one.name === name) : undefined
  if (prompt) return { method: 'prompts/get', params: { name, arguments: promptArguments(prompt) } }
  const tool = member === 'tools' ? client.tools.find((one) => one.name === name) : undefined
  return tool && { method: 'tools/call', params: { name, arguments: tool.arguments } }
}

/**
 * What the lists show to the operator alone must be refused to the second user; with `member`, only what that list shows. Ends the check where
 * both see the same.
 */
export async function expectHiddenIsRefused(client: Client, member?: string): Promise<void> {
  const survey = await client.survey()
  const [own, second] = await bothUsers(client)
  let hidden = 0
  for (const list of (await offeredLists(client)).filter((one) => !member || one.member === member)) {
    for (const name of await hiddenIn(list, own, second)) {
      const call = accessTo(client, list.member, name, survey)
      if (!call || !isServed(await own.request(call.method, call.params))) continue
      hidden++
      const reply = await second.request(call.method, call.params)
      const what = `${call.method} of ${name}, which is not in the second user's ${list.method},`
      expect(!isServed(reply), `${what} must be refused to them`, 'an error', describe(reply))
    }
  }
  if (hidden === 0) notApplicable('both users are shown the same')
}

/** What a list shows to one user and not to the other. A list may change between two walks: what differs is looked at twice. */
async function hiddenIn(list: List, own: Asker, second: Asker): Promise<string[]> {
  let hidden: string[] | undefined
  for (let walks = 0; walks < 2 && hidden?.length !== 0; walks++) {
    const [mine, theirs] = [await walk(own, list), await walk(second, list)]
    if (theirs.pages.length === 0) return []
    const [shown, seen] = [mine.pages.flat(), theirs.pages.flat()]
    hidden = (hidden ?? shown).filter((name) => shown.includes(name) && !seen.includes(name))
  }
  return hidden ?? []
}

/** A request with what either of two users gets alone. */
export interface SharedCall extends ServedCall {
  outcomes: [string, string]
}

/** A tool that takes longer is not called again for each user, in ms; and so many requests are compared, those that tell users apart first. */
const [quickMs, most] = [500, 4]

/** The operator and the second user, each with a session of their own where there are sessions. */
export async function bothUsers(client: Client): Promise<[Session, Session]> {
  const who = (identity: 'own' | 'second') => (client.modern ? client.as({ identity }) : client.open({ identity }))
  return [await who('own'), await who('second')]
}

/** What both are served of the tour and of the quick named tools: asked twice each, to leave out what changes by itself. */
export async function sharedCalls(client: Client, [own, second]: [Session, Session]): Promise<SharedCall[]> {
  const tools = (await knownTools(client)).filter(({ ms }) => ms <= quickMs)
  const named = tools.map((tool) => ({
    method: 'tools/call',
    params: { name: tool.name, arguments: tool.arguments },
  }))
  const served = (await servedCalls(client)).filter(({ method }) => method !== 'tools/call')
  const steady: SharedCall[] = []
  for (const call of [...served, ...named]) {
    const seen: string[] = []
    for (const user of [own, second, own, second]) seen.push(outcomeOf(await user.request(call.method, call.params)))
    const [mine, theirs, ...again] = seen as [string, string, string, string]
    const answered = mine !== '{}' && theirs !== '{}'
    if (answered && again[0] === mine && again[1] === theirs) steady.push({ ...call, outcomes: [mine, theirs] })
  }
  const tells = ({ outcomes: [mine, theirs] }: SharedCall) => Number(mine !== theirs)
  return steady.sort((a, b) => tells(b) - tells(a)).slice(0, most)
}
