import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoadedCheck } from '../../src/conformance/check.js'
import { loadChecks } from '../../src/conformance/registry.js'
import type { Result } from '../../src/report/run.js'
import { type Bench, outcomeOf, settings, startBench } from './prove.js'

const checks = (await loadChecks()).filter((check) => !check.slow)

/** Fault runs at the same time, each on a bench of its own: most of them wait for what does not come. */
const sideBySide = 4

/**
 * Registers the proof of one setting: no check finds anything wrong with the clean server, and each one that passed there fails
 * (never errors) behind its own fault. `which` narrows the faults, not the clean run.
 */
export function proofOf(name: string, which: (check: LoadedCheck) => boolean = () => true): void {
  const setting = settings.find((one) => one.name === name)!
  describe(name, () => {
    let clean: Result[]
    const benches: Bench[] = []
    const free: Bench[] = []
    beforeAll(async () => {
      benches.push(...(await Promise.all(Array.from({ length: sideBySide }, () => startBench(setting)))))
      free.push(...benches)
      clean = await benches[0]!.run(checks)
    })
    afterAll(() => Promise.all(benches.map((bench) => bench.close())))

    it('the clean server breaks nothing', () => {
      const broken = clean
        .filter((result) => ['fail', 'warn', 'error'].includes(result.outcome.status))
        .map(({ id, outcome }) => ({ id, outcome }))
      expect(broken).toEqual([])
    })

    it.concurrent.each(checks.filter(which).map((check) => [check.id, check] as const))(
      '%s fails on its fault',
      async (id, check) => {
        if (outcomeOf(clean.filter((result) => result.id === id))?.status !== 'pass') return
        const bench = free.pop()!
        bench.proxy.set(check.fault)
        const results = await bench.run([check])
        bench.proxy.set(undefined)
        free.push(bench)
        expect(outcomeOf(results), id).toMatchObject({ status: expect.stringMatching(/^(fail|warn)$/) })
      },
    )
  })
}

/** The checks that are proven anew for each kind of auth. */
export function guardsStrangers(check: LoadedCheck): boolean {
  return check.suite === 'auth'
}
