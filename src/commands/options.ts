import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TargetOptions } from '../conformance/assess.js'
import type { NamedTool } from '../conformance/given.js'
import { type BadToken, badTokens } from '../conformance/needs.js'
import { isRevision, type Revision } from '../protocol/revisions.js'
import { UsageError } from '../usage-error.js'
import type { HeaderList } from '../wire/headers.js'
import { isObject, parseJson } from '../wire/jsonrpc.js'
import { freshSeed } from '../wire/seed.js'
import type { Terminal } from './terminal.js'

/** Options that say what the target is given, as the command line spells them. */
export interface TargetFlags {
  tool?: string[]
  header?: string[]
  headerFile?: string
  tokenEnv?: string
  secondTokenEnv?: string
  badTokenEnv?: string[]
  auth?: string
  timeout?: string
  maxRequests?: string
}

/** Turns flags into target options; secrets are read from the environment or a file. Throws UsageError on anything unclear. */
export function targetOptions(flags: TargetFlags, terminal: Terminal): TargetOptions {
  const auth = flags.auth ?? 'auto'
  if (auth !== 'auto' && auth !== 'required' && auth !== 'none')
    throw new UsageError(`--auth ${auth}: choose auto, required or none`)
  const fromFile = flags.headerFile ? headerFile(flags.headerFile, terminal.cwd) : []
  const bad = Object.fromEntries((flags.badTokenEnv ?? []).map((text) => badToken(text, terminal)))
  return {
    auth,
    tools: (flags.tool ?? []).map(parseTool),
    headers: [...(flags.header ?? []).map(parseHeader), ...fromFile],
    badTokens: bad,
    ...(flags.headerFile ? { secrets: fromFile.map(([, value]) => value).filter((value) => value.length >= 6) } : {}),
    ...(flags.tokenEnv ? { token: secret(flags.tokenEnv, '--token-env', terminal) } : {}),
    ...(flags.secondTokenEnv ? { secondToken: secret(flags.secondTokenEnv, '--second-token-env', terminal) } : {}),
    ...(flags.timeout ? { timeoutMs: wholeNumber(flags.timeout, '--timeout', 1) } : {}),
    ...(flags.maxRequests ? { maxRequests: wholeNumber(flags.maxRequests, '--max-requests', 1) } : {}),
  }
}

/** What comes with a server, as one inside or one of an mcpServers file has it, and before it what the user gives. */
export function merged(embedded: TargetOptions, given: TargetOptions): TargetOptions {
  const tools = given.tools && given.tools.length > 0 ? given.tools : embedded.tools
  const own = given.headers ?? []
  const replaced = new Set([...own.map(([name]) => name.toLowerCase()), ...(given.token ? ['authorization'] : [])])
  return {
    ...embedded,
    ...given,
    ...(tools ? { tools } : {}),
    headers: [...(embedded.headers ?? []).filter(([name]) => !replaced.has(name.toLowerCase())), ...own],
    badTokens: { ...embedded.badTokens, ...given.badTokens },
    secrets: [...(embedded.secrets ?? []), ...(given.secrets ?? [])],
  }
}

/** Reads `name={"json":"args"}`; a bare name means no arguments. */
export function parseTool(text: string): NamedTool {
  const at = text.indexOf('=')
  if (at === 0 || text === '') throw new UsageError(`--tool "${text}": write name={"json":"arguments"}`)
  if (at < 0) return { name: text, arguments: {} }
  const value = parseJson(text.slice(at + 1))
  if (!isObject(value))
    throw new UsageError(
      `--tool ${text}: after "${text.slice(0, at)}=" comes a JSON object with the arguments, such as '{"location":"Oslo"}'`,
    )
  return { name: text.slice(0, at), arguments: value }
}

/** Reads `Name: value`. */
export function parseHeader(text: string): HeaderList[number] {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/.exec(text)
  if (!match || !fitsHeader(match[2]!)) {
    const name = text.includes(':') ? ` ${JSON.stringify(text.split(':')[0])}` : ''
    throw new UsageError(`--header${name}: write it as 'Name: value' in characters that HTTP can carry`)
  }
  return [match[1]!, match[2]!.trim()]
}

/** True for text that can stand in a header field. RFC 9110 section 5.5. */
function fitsHeader(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}

/** The most that a timer of Node can hold. */
const most = 2 ** 31 - 1

/** Reads a whole number of at least `least`. */
export function wholeNumber(text: string, flag: string, least: number): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`${flag} ${text}: give a whole number of at least ${least}`)
  return value
}

/** Reads `auto`, `all` or a revision. */
export function parseRevision(text: string): 'auto' | 'all' | Revision {
  if (text === 'auto' || text === 'all' || isRevision(text)) return text
  throw new UsageError(`--revision ${text}: choose auto, all or a published revision such as 2025-11-25`)
}

/** Reads a seed; without one it is one that nobody can guess. */
export function parseSeed(text: string | undefined): string {
  if (text === undefined) return freshSeed()
  if (/^[\w.-]{1,64}$/.test(text)) return text
  throw new UsageError(`--seed ${JSON.stringify(text)}: give 1 to 64 letters, digits, dots, dashes or underscores`)
}

function secret(name: string, flag: string, terminal: Terminal): string {
  const value = terminal.env[name]?.trim()
  if (value && fitsHeader(value)) return value
  if (value)
    throw new UsageError(`${flag} ${name}: the value of ${name} holds characters that no HTTP header can carry`)
  // Who gives the token itself in place of a name must not find it in a log.
  if (value === undefined && !/^(?=.{1,30}$)[A-Za-z_]\w*$/.test(name))
    throw new UsageError(`${flag}: there is no environment variable of that name; give a name, not the token itself`)
  throw new UsageError(`${flag} ${name}: the environment variable ${name} is ${value === '' ? 'empty' : 'not set'}`)
}

function badToken(text: string, terminal: Terminal): [BadToken, string] {
  const [kind, name] = text.split('=', 2)
  const known = badTokens.find((one) => one === kind)
  if (!known || !name)
    throw new UsageError(`--bad-token-env ${text}: write kind=NAME with kind ${badTokens.join(', ')}`)
  return [known, secret(name, `--bad-token-env ${kind}`, terminal)]
}

function headerFile(path: string, cwd: string): HeaderList {
  let text: string
  try {
    text = readFileSync(resolve(cwd, path), 'utf8')
  } catch (error) {
    throw new UsageError(`--header-file ${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  return text
    .split(/\r?\n/)
    .flatMap((line, index) =>
      line.trim() === '' || line.startsWith('#') ? [] : [headerLine(line, `${path} line ${index + 1}`)],
    )
}

function headerLine(line: string, where: string): HeaderList[number] {
  try {
    return parseHeader(line)
  } catch {
    throw new UsageError(`--header-file ${where}: write it as 'Name: value'`)
  }
}
