import { UsageError } from '../usage-error.js'
import { type HeaderList, isCredential } from '../wire/headers.js'
import { isObject } from '../wire/jsonrpc.js'
import { type Expanded, expandVariables } from './expand-variables.js'
import { isSecretName, secretsIn, secretsInWords } from './secret-variables.js'

/** A server as an mcpServers file describes it, variables put in. `secrets` are values that no output may show. */
export type ConfiguredServer = { name: string; secrets: string[] } & (
  | { kind: 'http'; url: string; headers: HeaderList }
  | { kind: 'stdio'; command: string; args: string[]; env: Record<string, string>; cwd?: string }
)

/** How transports are spelt, and which kind each is. What a URL really speaks is found out on the wire. */
const kinds: Record<string, ConfiguredServer['kind']> = {
  http: 'http',
  'streamable-http': 'http',
  streamableHttp: 'http',
  'http-stream': 'http',
  sse: 'http',
  stdio: 'stdio',
  local: 'stdio',
}

/**
 * Reads one entry and puts its variables in: in `url` and `headers`, or in `command`, `args`, `env` and `cwd`. `at` is how messages call the
 * place. Throws a UsageError that names the key.
 */
export function parseEntry(
  at: string,
  name: string,
  entry: Record<string, unknown>,
  env: Record<string, string | undefined>,
): ConfiguredServer {
  const read = (key: string, value: unknown): Expanded => {
    if (typeof value !== 'string' || value === '') throw new UsageError(`${at}.${key} must be a text`)
    return expandVariables(value, env, `${at}.${key}`)
  }
  const members = (key: string): [string, Expanded][] => {
    const value = entry[key] ?? {}
    if (!isObject(value)) throw new UsageError(`${at}.${key} must be an object`)
    return Object.entries(value).map(([member, text]) => [
      member,
      text === '' ? nothing : read(`${key}.${member}`, text),
    ])
  }
  return kindOf(at, entry) === 'http'
    ? httpServer(at, name, read('url', entry.url), members('headers'))
    : stdioServer(at, name, entry, { read, env: members('env') })
}

const nothing: Expanded = { text: '', values: [] }

/** Which kind an entry is; throws a UsageError where it does not tell. */
export function kindOf(at: string, { type, url, command }: Record<string, unknown>): ConfiguredServer['kind'] {
  if (type !== undefined) {
    const kind = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined
    if (!kind) throw new UsageError(`${at}.type ${JSON.stringify(type)} is unknown; choose http, sse or stdio`)
    return kind
  }
  if (url !== undefined && command !== undefined)
    throw new UsageError(`${at} has both a url and a command; say with "type" which counts: http, sse or stdio`)
  if (url === undefined && command === undefined) throw new UsageError(`${at} has neither a url nor a command`)
  return url === undefined ? 'stdio' : 'http'
}

function httpServer(at: string, name: string, url: Expanded, headers: [string, Expanded][]): ConfiguredServer {
  for (const [header, { text }] of headers)
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(text))
      throw new UsageError(`${at}.headers.${header}: name or value hold characters that no HTTP header can carry`)
  const ofUrl = url.values.filter(([variable]) => isSecretName(variable)).map(([, value]) => value)
  // Somebody who keeps a header's value out of the file has a reason.
  const ofHeaders = headers.flatMap(([header, { text, values }]) => [
    ...values.map(([, value]) => value),
    ...(isCredential(header) ? [text] : []),
  ])
  return {
    name,
    kind: 'http',
    url: url.text,
    headers: headers.map(([header, { text }]) => [header, text.trim()]),
    secrets: [...ofUrl, ...ofHeaders],
  }
}

function stdioServer(
  at: string,
  name: string,
  { command, args = [], cwd }: Record<string, unknown>,
  { read, env }: { read: (key: string, value: unknown) => Expanded; env: [string, Expanded][] },
): ConfiguredServer {
  if (!Array.isArray(args)) throw new UsageError(`${at}.args must be a list of texts`)
  const words = args.map((arg, index) => (arg === '' ? nothing : read(`args[${index}]`, arg)))
  const variables = Object.fromEntries(env.map(([variable, { text }]) => [variable, text]))
  const putIn = [...words, ...env.map(([, value]) => value)].flatMap(({ values }) => values)
  return {
    name,
    kind: 'stdio',
    command: read('command', command).text,
    args: words.map(({ text }) => text),
    env: variables,
    ...(cwd === undefined ? {} : { cwd: read('cwd', cwd).text }),
    secrets: [
      ...new Set([
        ...secretsIn(variables),
        ...secretsInWords(words.map(({ text }) => text)),
        ...secretsIn(Object.fromEntries(putIn)),
      ]),
    ],
  }
}
