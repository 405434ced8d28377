import { metadataPlaces } from '../wire/detect-auth.js'
import { isObject, parseJson } from '../wire/jsonrpc.js'
import { send } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import { broken, type Finding, hello, holds, remedyAt, type StepDefinition, type Trip, words } from './trip.js'

type Document = Record<string, any>

/** Somebody without credentials learns how to get some, and the credentials given are taken. */
export const auth: StepDefinition = {
  id: 'auth',
  title: 'Auth',
  async look(trip) {
    const given = trip.peer.credentials.length > 0
    const reply = trip.hello!
    const signIn = remedyAt('auth', trip, reply)
    if (signIn) return broken(`HTTP ${reply.status} to ${reply.header('location')}`, signIn)
    const refused = reply.status === 401 || (reply.status === 403 && reply.header('www-authenticate') !== undefined)
    if (!refused && !given) return holds('no credentials are asked for')
    const stranger = given ? await hello(trip, {}, 'none') : reply
    if (given && refused)
      return broken(`the credentials given are refused: ${words(reply)}`, {
        layer: 'your code',
        cause:
          'The token is expired, for another audience, of another issuer, or sent in another header than the server reads',
        fix: `Check the token (exp, aud, iss, scope) and the header; the server says: ${reply.header('www-authenticate') ?? 'nothing'}.`,
        link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#token-handling',
      })
    if (stranger.status !== 401) return holds(`credentials are taken; strangers get HTTP ${stranger.status}`)
    const { problem, notes, oauth } = await guidance(trip, stranger)
    if (given)
      return holds(
        'the credentials given are taken',
        !oauth ? [] : problem ? [...notes, `${problem.found} ${problem.fix}`] : notes,
      )
    if (problem)
      return broken(problem.found, {
        layer: 'your code',
        cause: problem.cause,
        fix: problem.fix,
        link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization',
      })
    const wanted: Finding = {
      state: 'not-given',
      found: 'the server wants credentials; pass --token-env NAME or --header-file to go on',
    }
    return notes.length > 0 ? { ...wanted, notes } : wanted
  },
}

interface Problem {
  found: string
  cause: string
  fix: string
}

/** What a stranger learns. `oauth`: there is metadata or a pointer to it. */
interface Guidance {
  problem?: Problem
  notes: string[]
  oauth: boolean
}

/** What a refused stranger is told: challenge, resource metadata at each place, the authorization server's metadata. */
async function guidance(trip: Trip, refusal: Reply): Promise<Guidance> {
  const challenge = refusal.header('www-authenticate')
  const places = metadataPlaces(trip.peer.url, challenge)
  const replies = await Promise.all(places.map((url) => fetchJson(trip, url)))
  const found = places.filter((_, at) => replies[at]!.document)
  const told = places.map((url, at) => `${new URL(url).pathname}: HTTP ${replies[at]!.status}`).join(', ')
  const pointed = /resource_metadata/i.test(challenge ?? '')
  if (pointed && found.length === 0 && replies.some(({ status }) => status === 401 || status === 403))
    return {
      oauth: true,
      notes: [],
      problem: {
        found: `The metadata itself wants credentials (${told}).`,
        cause: '/.well-known/* lies behind the authentication it is to explain',
        fix: 'Exempt /.well-known/* from authentication.',
      },
    }
  if (found.length === 0 && pointed)
    return {
      oauth: true,
      notes: [],
      problem: {
        found: `The challenge names resource metadata that is not there (${told}).`,
        cause: 'The document that tells clients where to sign in is not served where the challenge says',
        fix: 'Serve /.well-known/oauth-protected-resource (and the same followed by the path) at the public URL.',
      },
    }
  if (found.length === 0)
    return {
      oauth: false,
      notes: [
        `401 ${challenge ? `with "${challenge}"` : 'without WWW-Authenticate'} and no resource metadata (${told}): OAuth clients say "does not implement OAuth". For OAuth serve the metadata and name it: WWW-Authenticate: Bearer resource_metadata="…". An API key needs none.`,
      ],
    }
  const notes: string[] = []
  const missing = places.filter((place) => !found.includes(place))
  if (missing.length > 0)
    notes.push(
      `No metadata at ${missing.map((place) => new URL(place).pathname).join(', ')}: some clients look only there. Serve it at both places.`,
    )
  const document = replies.find((one) => one.document)!.document!
  const wrong = mismatch(trip.url, document.resource)
  if (wrong) return { oauth: true, notes, problem: wrong }
  return { oauth: true, notes: [...notes, ...(await issuerNotes(trip, document))] }
}

/** How `resource` differs from the URL clients use, by the kind of difference. */
function mismatch(url: URL, resource: unknown): Problem | undefined {
  const plain = (one: URL) => one.href.replace(/\/$/, '')
  const named = typeof resource === 'string' && URL.canParse(resource) ? new URL(resource) : undefined
  if (named && [plain(url), url.origin].includes(plain(named))) return undefined
  const kinds = named
    ? (['protocol', 'hostname', 'port', 'pathname'] as const).filter((part) => named[part] !== url[part])
    : ['form']
  return {
    found: `The metadata is about ${JSON.stringify(resource)}, not about ${url.href} (${kinds.join(', ')} differ).`,
    cause: kinds.includes('protocol')
      ? 'The server builds its public URL from the request behind a TLS proxy'
      : 'The server does not know the URL that clients use',
    fix: 'Set the public base URL in the configuration of the server, or trust X-Forwarded-Proto and X-Forwarded-Host.',
  }
}

async function issuerNotes(trip: Trip, { authorization_servers: servers }: Document): Promise<string[]> {
  const issuer: unknown = Array.isArray(servers) ? servers[0] : undefined
  if (typeof issuer !== 'string' || !URL.canParse(issuer))
    return ['The metadata names no authorization server: clients cannot sign in. Add authorization_servers.']
  const { origin, pathname } = new URL(issuer)
  const tail = pathname === '/' ? '' : pathname
  const places = [
    `${origin}/.well-known/oauth-authorization-server${tail}`,
    `${origin}${tail}/.well-known/openid-configuration`,
  ]
  for (const place of places) {
    const { document } = await fetchJson(trip, place)
    if (!document) continue
    const ways = [
      document.client_id_metadata_document_supported === true ? 'client id metadata documents' : '',
      document.registration_endpoint ? 'dynamic registration' : '',
    ].filter(Boolean)
    return ways.length > 0
      ? []
      : [
          `${issuer} takes neither client id metadata documents nor dynamic registration: every client needs a registered id.`,
        ]
  }
  return [`${issuer} shows no metadata of an authorization server: clients cannot find its endpoints.`]
}

/** Asks without credentials; the token of the server never goes to another place. */
async function fetchJson(trip: Trip, url: string): Promise<{ status: number; document?: Document }> {
  const reply = await send(trip.peer, {
    method: 'GET',
    url,
    headers: [['accept', 'application/json']],
    timeoutMs: 3000,
  })
  await reply.finished
  const value = parseJson(reply.text)
  return { status: reply.status, ...(reply.status === 200 && isObject(value) ? { document: value } : {}) }
}
