import { isObject } from '../../core/jsonrpc.js'
import type { Json, Verdict } from '../../core/types.js'
import type { Listener } from '../listening.js'
import { KEY } from '../meta.js'
import type { Policy, Turn, Visit } from '../types.js'
import { ofTool } from './fault.js'

/** Changes the questions of the one tool that asks. */
export const asked = (change: (one: Json, turn: Turn) => void) =>
  ofTool('book_table', (one, turn) => {
    if (one.resultType === 'input_required') change(one, turn)
  })
/** What the client of a request declares. */
export const capabilitiesOf = ({ meta }: Turn): Json => meta[KEY.capabilities] as Json
/** True for clients that take URLs. */
export const takesUrls = (turn: Turn): boolean => {
  const { elicitation } = capabilitiesOf(turn)
  return isObject(elicitation) && isObject(elicitation.url)
}

/** Asks clients that take URLs to go to one. */
export const byUrl = (url: string) =>
  asked((one, turn) => {
    if (!takesUrls(turn)) return
    const params = { mode: 'url', message: 'Sign in with the guild', url }
    Object.assign(one.inputRequests as Json, { guild: { method: 'elicitation/create', params } })
  })

/** Asks clients that sample for a wine, too. */
export const bySampling = (change: Json) =>
  asked((one, turn) => {
    if (!isObject(capabilitiesOf(turn).sampling)) return
    const messages = [{ role: 'user', content: { type: 'text', text: 'Suggest a wine' } }]
    Object.assign(one.inputRequests as Json, {
      wine: { method: 'sampling/createMessage', params: { messages, maxTokens: 20, ...change } },
    })
  })

/** Asks one more thing in the form for the name. */
export const field = (name: string, schema: Json) =>
  asked((one) => {
    const guest = (one.inputRequests as Json).guest
    const form = isObject(guest) ? (guest.params as Json).requestedSchema : undefined
    if (isObject(form)) form.properties = { ...(form.properties as Json), [name]: schema }
  })

/** The text with its percent escapes undone, where they can be. */
export const decoded = (raw: string): string => {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

/** Says something to a new listener a little later. */
export const soon =
  (say: (listener: Listener) => void) =>
  (base: Policy): Partial<Policy> => ({
    listening(listener) {
      base.listening(listener)
      setTimeout(() => say(listener), 40).unref()
    },
  })

/** True for a request of more than 4 KiB. */
export const large = ({ visit }: Turn): boolean => Number(visit.req.headers['content-length'] ?? 0) > 4096
/** The verdict on a good token. */
export const ada: Verdict = { ok: true, subject: 'ada' }
/** The bearer token of a request. */
export const bearer = ({ req }: Visit): string => /^Bearer +(.*)$/i.exec(req.headers.authorization ?? '')?.[1] ?? ''
/** What the token says, unchecked. */
export const claims = (visit: Visit): Json => {
  try {
    return JSON.parse(Buffer.from(bearer(visit).split('.')[1] ?? '', 'base64url').toString()) as Json
  } catch {
    return {}
  }
}

/** Changes some refusals of the guard. */
export const refusing =
  (change: (verdict: Verdict & { ok: false }, visit: Visit) => Verdict) =>
  (base: Policy): Partial<Policy> => ({
    async authorize(visit) {
      const verdict = await base.authorize(visit)
      return verdict.ok ? verdict : change(verdict, visit)
    },
  })

/** Changes the metadata document. */
export const document =
  (change: (one: Json) => unknown) =>
  (base: Policy): Partial<Policy> => ({
    metadata(visit) {
      const found = base.metadata(visit)
      return found && { ...found, body: JSON.stringify(change(JSON.parse(found.body) as Json)) }
    },
  })

/** Changes the challenge. */
export const challenged =
  (change: (text: string, verdict: Verdict & { ok: false }) => string) =>
  (base: Policy): Partial<Policy> => ({
    challenge(verdict, visit) {
      const found = base.challenge(verdict, visit)
      return found && change(found, verdict)
    },
  })
