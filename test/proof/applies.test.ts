import { expect, it } from 'vitest'
import { loadChecks } from '../../src/conformance/registry.js'
import { settings, startBench } from './prove.js'

it('every check passes in at least one setting, so that every fault is proven somewhere', async () => {
  const checks = await loadChecks()
  const waiting = new Set(checks.filter((check) => !check.slow).map((check) => check.id))
  for (const setting of settings) {
    const bench = await startBench(setting)
    const results = await bench.run(checks.filter((check) => waiting.has(check.id)))
    await bench.close()
    for (const result of results) if (result.outcome.status === 'pass') waiting.delete(result.id)
  }
  expect([...waiting]).toEqual([])
}, 120_000)
