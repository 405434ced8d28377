import type { Exchange, Json, Page, Policy, Verdict } from '../core/types.js'

/** The verdict on a good token. */
export const ada: Verdict = { ok: true, subject: 'ada' }
/** The bearer token of a request. */
export const tokenOf = (ex: Exchange): string => /^bearer +(\S+)$/i.exec(ex.req.headers.authorization ?? '')?.[1] ?? ''

/** What the token says, unchecked. */
export function claims(ex: Exchange): Json {
  try {
    return JSON.parse(Buffer.from(tokenOf(ex).split('.')[1] ?? '', 'base64url').toString()) as Json
  } catch {
    return {}
  }
}

/** Looks at the body before it decides: strangers are served when the message fits. */
export function openFor(fits: (raw: unknown, ex: Exchange) => boolean) {
  return (base: Policy): Partial<Policy> => {
    const strangers = new WeakMap<Exchange, Verdict & { ok: false }>()
    const refuse = (ex: Exchange, verdict: Verdict & { ok: false }): void => {
      const challenge = base.challenge(verdict, ex)
      const send = ex.res.writeHead.bind(ex.res)
      ex.res.writeHead = ((_status: number, headers: Record<string, string>) =>
        send(verdict.status, {
          ...headers,
          ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
        })) as typeof ex.res.writeHead
    }
    return {
      async authorize(ex) {
        const verdict = await base.authorize(ex)
        if (verdict.ok || ex.req.method !== 'POST') return verdict
        strangers.set(ex, verdict)
        return ada
      },
      classify(raw, ex) {
        const refused = strangers.get(ex)
        if (refused === undefined || fits(raw, ex)) return base.classify(raw, ex)
        refuse(ex, refused)
        return { kind: 'invalid', text: 'credentials are needed' }
      },
    }
  }
}

/** True for messages of these methods. */
export const method =
  (...names: string[]) =>
  (raw: unknown) =>
    names.includes(String((raw as Json | null)?.method))
/** A page of JSON. */
export const page = (status: number, body: unknown): Page => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
})

/** Changes the metadata document. */
export const document =
  (change: (one: Json) => unknown, headers: Partial<Page> = {}) =>
  (base: Policy): Partial<Policy> => ({
    metadata(ex) {
      const found = base.metadata(ex)
      if (found === undefined) return found
      return { ...found, body: JSON.stringify(change(JSON.parse(found.body) as Json)), ...headers }
    },
  })
