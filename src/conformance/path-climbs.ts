import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import { expanded, listedTemplates, listedUris } from './uris.js'

/** A read of a path that leads out of what the server offers, with the text of what came. */
export interface ClimbingRead {
  uri: string
  reply: Reply
  /** How many contents came, and all their text. */
  served: number
  text: string
}

const climbs = [
  '../../../../../../etc/passwd',
  '%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%252e%252e%252f%252e%252e%252fetc%252fpasswd',
  '..\\..\\..\\..\\windows\\win.ini',
]
const roots = [
  'file:///etc/passwd',
  'file://localhost/etc/passwd',
  'file:/etc/passwd',
  '/etc/passwd',
  'file:///c:/windows/win.ini',
]

/** What stands in the files that are asked for. */
const foreign = /^[\w-]+:[^:\n]*:\d+:\d+:|^; for 16-bit app support|^\[fonts\]/m

/** True where the text is that of a file of the machine. */
export function isForeign(text: string): boolean {
  return foreign.test(text)
}

/** Reads paths in all spellings that lead out of the folders the server lists and the templates it has; once per run and revision. */
export function climbingReads(client: Client): Promise<ClimbingRead[]> {
  return client.once('climbing reads', climb)
}

async function climb(client: Client): Promise<ClimbingRead[]> {
  const survey = await client.survey()
  const folders = listedUris(survey)
    .slice(0, 3)
    .map((uri) => uri.replace(/[^/]*$/, ''))
  const below = [...new Set(['file:///', ...folders])].flatMap((folder) => climbs.map((climb) => folder + climb))
  const cut = listedUris(survey)
    .slice(0, 1)
    .map((uri) => `${uri}%00.txt`)
  const instances = listedTemplates(survey)
    .slice(0, 3)
    .flatMap((template) => [...climbs, '/etc/passwd'].map((climb) => expanded(template, climb)))
  const uris = [...new Set([...roots, ...below, ...cut, ...instances])].filter(
    (uri) => !listedUris(survey).includes(uri),
  )
  return Promise.all(uris.map((uri) => read(client, uri)))
}

/** A file URI as a server finds the file: every percent sign decoded, every dot segment resolved. */
export function resolvedFile(uri: string): string | undefined {
  if (!uri.toLowerCase().startsWith('file:')) return undefined
  let path = uri.replaceAll('\\', '/')
  for (let round = 0; round < 3; round++) path = path.replace(/%(25|2e|2f|5c)/gi, (one) => decodeURIComponent(one))
  const plain = path.replaceAll('\\', '/')
  return URL.canParse(plain) ? new URL(plain).href : undefined
}

async function read(client: Client, uri: string): Promise<ClimbingRead> {
  const reply = await client.request('resources/read', { uri })
  const found: unknown = reply.response?.result?.contents
  const contents: unknown[] = Array.isArray(found) ? found : []
  const text = contents
    .map((one: any) => one?.text ?? Buffer.from(String(one?.blob ?? ''), 'base64').toString())
    .join('\n')
  return { uri, reply, served: contents.length, text }
}
