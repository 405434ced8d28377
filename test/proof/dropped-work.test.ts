import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fault } from '../../src/conformance/fault.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { type Bench, settings, startBench } from './prove.js'

const [check] = (await loadChecks()).filter(({ id }) => id === 'streams/a-dropped-call-works-on')
const logsTheEnd = check!.fault as Fault
let bench: Bench
beforeAll(async () => {
  bench = await startBench(settings.find(({ name }) => name === 'stateful, SSE answers')!)
})
afterAll(() => bench.close())

// The clean server tells nothing of a call beside its own stream, so that it cannot show what passes. On a busy machine a call may end before it is dropped.
it.each([
  ['ends with its connection', logsTheEnd, 'warn'],
  ['goes on without it', { ...logsTheEnd, hangup: () => 'unnoticed' } satisfies Fault, 'pass'],
])('a call whose end is logged, and that %s', { retry: 4 }, async (_how, fault, status) => {
  bench.proxy.set(fault)
  const [result] = await bench.run([check!])
  expect(result!.outcome).toMatchObject({ status })
})
