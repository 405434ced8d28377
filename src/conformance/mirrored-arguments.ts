import { modernCodes } from '../protocol/modern.js'
import { encodedValue, mirroredValue } from '../wire/header-value.js'
import { isObject } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import type { CallOptions } from '../wire/session.js'
import { type MirroredParameter, mirroredParameters, valueAt } from '../wire/tool-headers.js'
import type { Client } from './client.js'
import { assume, describe, expect, notApplicable } from './expect.js'
import { type Flaw, type FlawedRequest, valueFlaws } from './header-flaws.js'

/** A named tool that wants arguments in headers, with arguments it was seen to take. */
export interface MirroringTool {
  name: string
  arguments: Record<string, unknown>
  parameters: MirroredParameter[]
}

/** An argument that a header mirrors: `header` is the field's name, `text` what it stands for. */
export interface MirroredArgument {
  tool: MirroringTool
  parameter: MirroredParameter
  header: string
  value: unknown
  text: string
}

/**
 * The named tools with `x-mcp-header` whose calls succeed, found once per run. Arguments that the operator left out are added where the
 * schema tells a good value.
 */
export function mirroringTools(client: Client): Promise<MirroringTool[]> {
  return client.once('mirroring tools', async () => {
    const { tools } = await client.survey()
    const calls = client.tools.map(async ({ name, arguments: own }): Promise<MirroringTool[]> => {
      const parameters = mirroredParameters(tools.find((tool) => tool.name === name)?.inputSchema)
      if (parameters.length === 0) return []
      for (const args of [parameters.reduce(filled, own), own, parameters.reduce(inAscii, own)])
        if (isServed(await callMirroring(client, { name, arguments: args, parameters })))
          return [{ name, arguments: args, parameters }]
      return []
    })
    return (await Promise.all(calls)).flat()
  })
}

/** Ends the check where no such tool is called with success. */
export async function needMirroringTools(client: Client): Promise<void> {
  const tools = await mirroringTools(client)
  assume(tools.length > 0, 'a tool that mirrors parameters into headers is called with success')
}

/** Calls such a tool, with other arguments or other headers where that is asked for. */
export function callMirroring(
  client: Client,
  { name, arguments: args }: MirroringTool,
  options: CallOptions & { arguments?: Record<string, unknown> } = {},
): Promise<Reply> {
  return client.request('tools/call', { name, arguments: options.arguments ?? args }, options)
}

/** The arguments of those tools that headers mirror. */
export async function mirroredArguments(client: Client): Promise<MirroredArgument[]> {
  return (await mirroringTools(client)).flatMap((tool) =>
    tool.parameters.flatMap((parameter) => {
      const value = valueAt(tool.arguments, parameter.path)
      const header = `mcp-param-${parameter.name.toLowerCase()}`
      return ['string', 'number', 'boolean'].includes(typeof value)
        ? [{ tool, parameter, header, value, text: String(value) }]
        : []
    }),
  )
}

/** Those of them that are text; ends the check where there is none. */
export async function mirroredTexts(client: Client): Promise<MirroredArgument[]> {
  await needMirroringTools(client)
  const texts = (await mirroredArguments(client)).filter(({ value }) => typeof value === 'string')
  if (texts.length === 0) notApplicable('no named tool mirrors a text into a header')
  return texts
}

/** Calls in which a mirrored argument is null or left out, its header with it, must not be refused for the header. */
export async function expectHeaderNotAsked(client: Client, value: null | undefined): Promise<void> {
  await needMirroringTools(client)
  await Promise.all(
    (await mirroredArguments(client)).map(async ({ tool, parameter, header }) => {
      const reply = await callMirroring(client, tool, {
        arguments: withArgument(tool.arguments, parameter.path, value),
      })
      const what = `${tool.name} with ${parameter.path.join('.')} ${value === null ? 'null' : 'left out'}`
      const asked = reply.response?.error?.code === modernCodes.headerMismatch
      expect(!asked, `${what} must not be refused for a missing ${header}`, 'no HeaderMismatch', describe(reply))
    }),
  )
}

/** Arguments with another value at a path; undefined takes it away. */
export function withArgument(
  args: Record<string, unknown>,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const { [key]: old, ...others } = args
  if (rest.length > 0) return { ...args, [key]: withArgument(isObject(old) ? old : {}, rest, value) }
  return value === undefined ? others : { ...args, [key]: value }
}

/** True when the call was answered with a result that is no failure. */
export function isServed({ response }: Reply): boolean {
  return isObject(response?.result) && response.result.isError !== true
}

/** Requests in which the header of one argument is flawed. */
export async function flawedArguments(client: Client, flaw: Flaw): Promise<FlawedRequest[]> {
  return (await mirroredArguments(client)).flatMap((argument): FlawedRequest[] => {
    const call = { method: 'tools/call', params: { name: argument.tool.name, arguments: argument.tool.arguments } }
    const where = `Mcp-Param-${argument.parameter.name}`
    if (flaw === 'argument missing')
      return [{ call, headers: { [argument.header]: null }, words: `no ${where} for its argument` }]
    return flawsOf(argument, flaw, client.canary())
      .filter((value) => value !== mirroredValue(argument.text))
      .map((value) => ({
        call,
        headers: { [argument.header]: value },
        words: `${where}: ${value} for ${JSON.stringify(argument.value)}`,
      }))
  })
}

function flawsOf({ value, text }: MirroredArgument, flaw: Flaw, canary: string): string[] {
  const other = typeof value === 'number' ? String(value + 1) : typeof value === 'boolean' ? String(!value) : canary
  const isText = typeof value === 'string'
  if (flaw === 'argument other') return [other, encodedValue(other), '', ...likeOnes(value, text)]
  if (typeof value === 'boolean' && flaw === 'argument case') return [text.toUpperCase()]
  if (!isText) return []
  const { bytes, base64, 'lenient base64': lenient } = valueFlaws(text)
  if (flaw === 'argument bytes') return bytes
  if (flaw === 'argument base64') return base64
  if (flaw === 'argument lenient base64') return lenient
  return [text.toUpperCase(), text.toLowerCase()].filter((one) => one !== text).map(mirroredValue)
}

/** What a careless comparison takes for the value of an argument. */
function likeOnes(value: unknown, text: string): string[] {
  if (typeof value === 'number') return [`${text}.4`, `${text}x`]
  if (typeof value === 'boolean') return [value ? '1' : '0']
  return /^[!-~]{2,}$/.test(text) ? [`${text}x`, text.slice(0, -1)] : [`${text}x`.replace(/[^ -~]/g, '')]
}

/** Arguments with a text that a header can carry as it is, for servers that do not decode. */
function inAscii(args: Record<string, unknown>, { path }: MirroredParameter): Record<string, unknown> {
  const value = valueAt(args, path)
  return typeof value === 'string'
    ? withArgument(
        args,
        path,
        value
          .normalize('NFD')
          .replace(/[^ -~]/g, '')
          .trim(),
      )
    : args
}

/** Arguments with a value for a parameter that they lack, where its schema names a good one. */
function filled(args: Record<string, unknown>, { path, schema }: MirroredParameter): Record<string, unknown> {
  if (valueAt(args, path) !== undefined) return args
  const known = [schema.default, schema.const, Array.isArray(schema.enum) ? schema.enum[0] : undefined]
  const plain = { integer: schema.minimum ?? 1, boolean: true }[String(schema.type)]
  const value = known.find((one) => one !== undefined && one !== null) ?? plain
  return value === undefined ? args : withArgument(args, path, value)
}
