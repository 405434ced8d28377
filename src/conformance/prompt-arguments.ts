import { isObject } from '../wire/jsonrpc.js'
import { blobProblem } from './binary.js'
import type { Client } from './client.js'
import { expect, notTestable } from './expect.js'
import { type Fault, onResult } from './fault.js'
import { promptArguments } from './survey.js'

/** A listed prompt with arguments it is known to accept. */
export interface UsablePrompt {
  name: string
  /** The names of its arguments. */
  declared: string[]
  required: string[]
  arguments: Record<string, string>
  result: Record<string, any>
}

/** The prompts that could be fetched: with a plain text for every argument, or with what completion suggests. Once per run and revision. */
export async function usablePrompts(client: Client): Promise<UsablePrompt[]> {
  const { prompts } = await client.survey()
  return client.once('usable prompts', async (one) => {
    const found = await Promise.all(prompts.slice(0, 5).map((prompt) => usable(one, prompt)))
    return found.flat()
  })
}

/** Every text in the messages of a prompts/get result. */
export function promptTexts(result: unknown): string {
  const messages: unknown[] = isObject(result) && Array.isArray(result.messages) ? result.messages : []
  return messages
    .map((message) =>
      isObject(message) && isObject(message.content)
        ? `${message.content.text ?? ''}${message.content.resource?.text ?? ''}`
        : '',
    )
    .join('\n')
}

async function usable(client: Client, prompt: Record<string, any>): Promise<UsablePrompt[]> {
  const declared: Record<string, any>[] = Array.isArray(prompt.arguments) ? prompt.arguments.filter(isObject) : []
  const required = declared.filter((one) => one.required === true)
  const plain = promptArguments(prompt)
  const only = (kept: Record<string, any>[], from: Record<string, string>) =>
    Object.fromEntries(kept.map(({ name }) => [name, from[name]!]))
  const attempts = [
    () => plain,
    () => only(required, plain),
    () => suggested(client, prompt, plain),
    async () => only(required, await suggested(client, prompt, plain)),
  ]
  for (const attempt of attempts) {
    const args = await attempt()
    const result = (await client.request('prompts/get', { name: prompt.name, arguments: args })).response?.result
    if (isObject(result))
      return [
        {
          name: prompt.name,
          declared: declared.map((one) => one.name),
          required: required.map((one) => one.name),
          arguments: args,
          result,
        },
      ]
  }
  return []
}

async function suggested(
  client: Client,
  prompt: Record<string, any>,
  plain: Record<string, string>,
): Promise<Record<string, string>> {
  if (!client.facts.capabilities.completions) return plain
  const ref = { type: 'ref/prompt', name: prompt.name }
  const pairs = Object.entries(plain).map(async ([name, value]) => {
    const reply = await client.request('completion/complete', { ref, argument: { name, value: '' } })
    const first = reply.response?.result?.completion?.values?.[0]
    return [name, typeof first === 'string' ? first : value]
  })
  return Object.fromEntries(await Promise.all(pairs))
}

/** Every content block of that type in the prompts that could be fetched, with its place in words. */
export async function promptBlocks(
  client: Client,
  type: string,
): Promise<{ block: Record<string, any>; what: string }[]> {
  const prompts = await usablePrompts(client)
  if (prompts.length === 0) notTestable('no listed prompt could be fetched')
  return prompts.flatMap(({ name, result }) => {
    const messages: unknown[] = Array.isArray(result.messages) ? result.messages : []
    const blocks = messages.map((message) => (isObject(message) ? message.content : undefined))
    return blocks.flatMap((block, at) =>
      isObject(block) && block.type === type ? [{ block, what: `messages[${at}] of ${name}` }] : [],
    )
  })
}

/** A fault: prompts consist of this one block. */
export function promptWith(content: object): Fault {
  return onResult('prompts/get', (result) => ({ ...result, messages: [{ role: 'user', content }] }))
}

/** Every image or sound in the prompts must be base64 and name a MIME type that fits. */
export async function expectEncodedMedia(client: Client, type: 'image' | 'audio', mimeType: RegExp): Promise<void> {
  for (const { block, what } of await promptBlocks(client, type)) {
    const problem = blobProblem(block.data, block.mimeType)
    expect(
      !problem,
      `the data of ${what} is not properly encoded: ${problem}`,
      'base64',
      String(block.data).slice(0, 80),
    )
    expect(mimeType.test(String(block.mimeType)), `${what} needs a MIME type that fits`, `${type}/...`, block.mimeType)
  }
}
