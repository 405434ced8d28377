import { expect, it } from 'vitest'
import { loadChecks } from '../../src/conformance/registry.js'
import { outcomeOf, settings, startBench } from './prove.js'

const failing = /^(fail|warn)$/

it('every fault is proven somewhere: its check passes on a clean server, or the fault itself offers what the clean one lacks', async () => {
  const waiting = new Set((await loadChecks()).filter((check) => !check.slow))
  for (const setting of settings) {
    const bench = await startBench(setting)
    const results = await bench.run([...waiting])
    for (const check of [...waiting]) {
      const status = outcomeOf(results.filter((result) => result.id === check.id))?.status
      if (status === 'pass') waiting.delete(check)
    }
    await bench.close()
  }
  const never = []
  for (const check of waiting) {
    let proven = false
    for (const setting of settings) {
      const bench = await startBench(setting)
      bench.proxy.set(check.fault)
      const outcome = outcomeOf(await bench.run([check]))
      await bench.close()
      proven = failing.test(outcome?.status ?? '')
      if (proven) break
    }
    if (!proven) never.push(check.id)
  }
  expect(never).toEqual([])
}, 180_000)
