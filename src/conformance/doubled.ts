import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { type List, lists, walk } from './lists.js'

/** So many walks more are made before a list is accused: while named tools run it may grow between two pages. */
const mostWalks = 3

/**
 * Names that stand more than once in what a list of the tour showed. Twice on one page is twice; on two pages it may be an item that moved
 * on while the list grew, so only those are named that stand twice in further walks as well.
 */
export async function namedTwice(client: Client, method: string): Promise<string[]> {
  const list = lists.find((one) => one.method === method)!
  const { steps } = await client.survey()
  const toured = steps.filter(({ label }) => label === method).map(({ reply }) => namesIn(reply.response?.result, list))
  const onOnePage = toured.flatMap(repeated)
  let twice = onOnePage.length > 0 ? onOnePage : repeated(toured.flat())
  for (let made = 0; made < mostWalks && twice.length > onOnePage.length; made++) {
    const again = repeated((await walk(await client.session(), list)).pages.flat())
    twice = twice.filter((name) => again.includes(name))
  }
  return twice
}

function namesIn(result: unknown, { member, name }: List): string[] {
  const items: unknown[] = isObject(result) && Array.isArray(result[member]) ? result[member] : []
  return items.map((item) => (isObject(item) ? item[name] : undefined)).filter((one) => typeof one === 'string')
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, at) => names.indexOf(name) < at)
}
