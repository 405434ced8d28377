import { expect, it, onTestFinished } from 'vitest'
import { startReference } from '../../reference-server/index.js'
import { startFaultProxy } from '../target/fault-proxy.js'
import { assess } from './assess.js'
import { loadChecks } from './registry.js'

const suites = ['prompts', 'completion', 'tools-list']
const checks = (await loadChecks()).filter(({ suite, slow }) => suites.includes(suite) && !slow)

/** What a run sends in bodies, the running numbers of requests aside, and every word in it that was made up. */
async function sent(seed: string): Promise<{ bodies: Set<string>; madeUp: Set<string> }> {
  const proxy = await startFaultProxy()
  const server = await startReference({ mode: 'stateful', response: 'json', publicUrl: proxy.url })
  onTestFinished(async () => {
    await proxy.close()
    await server.close()
  })
  proxy.aim(server.url)
  const bodies = new Set<string>()
  const madeUp = new Set<string>()
  proxy.set({
    request: ({ url, body }) => {
      const plain = body
        .replace(/"(id|requestId|progressToken)":-?\d+/g, '"$1":0')
        .replace(/"gauntlet-\d+"/g, '"gauntlet-0"')
      bodies.add(plain.length < 5000 ? plain : String(plain.length))
      for (const [word] of `${url} ${body}`.matchAll(/[a-z-]{1,40}-[0-9a-f]{12}\b/g)) madeUp.add(word)
      return undefined
    },
  })
  for await (const event of assess(proxy.url, checks, { tools: server.safeTools }, { seed }))
    if (event.type === 'part') expect(event.results.filter(({ outcome }) => outcome.status === 'fail')).toEqual([])
  return { bodies, madeUp }
}

it('with the same seed a run says the same, with another nothing that was made up is the same', async () => {
  const [first, again, other] = [await sent('a'), await sent('a'), await sent('b')]
  expect([...again.bodies].sort()).toEqual([...first.bodies].sort())
  expect(first.madeUp.size).toBeGreaterThan(10)
  expect([...other.madeUp].filter((word) => first.madeUp.has(word))).toEqual([])
}, 120_000)
