import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { resolveTarget } from '../../src/target/resolve.js'
import { bar, missedBars } from './bars.js'
import { printTable } from './columns.js'

/*
 * Prints the memory of a generator minute by minute, during a soak of the reference server in a process of its own.
 * `npm run bench:memory -- --minutes 10 --rate 500`
 */

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, rate: { type: 'string', default: '500' } },
})
const seconds = Number(values.minutes) * 60
if (!(seconds >= 120)) throw new Error('--minutes: two at least, because the first one is left aside')

type Usage = NodeJS.MemoryUsage & { collected: boolean }
const usage: Usage[] = []
let end: { counts: { count: number; failed: number }[]; dropped: number } | undefined
const target = await resolveTarget('reference:stateful?response=json', { apart: true })
try {
  const child = fork(new URL('./soak.js', import.meta.url), [target.url, String(seconds), values.rate], {
    execArgv: ['--expose-gc'],
  })
  child.on('message', (message: Usage | typeof end) => {
    if (message && 'rss' in message) usage.push(message)
    else end = message
  })
  const [code] = await once(child, 'exit')
  if (code !== 0 || !end) throw new Error(`the soak ended with ${code}`)
} finally {
  await target.close()
}

const mib = (bytes: number) => bytes / 2 ** 20
const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
const minutes = Array.from({ length: Math.floor(usage.length / 60) }, (_, minute) => {
  const within = usage.slice(minute * 60, (minute + 1) * 60)
  return {
    rss: mib(mean(within.map(({ rss }) => rss))),
    kept: mib(Math.min(...within.filter(({ collected }) => collected).map((one) => one.heapUsed + one.external))),
  }
})
const answered = end.counts.reduce((sum, { count }) => sum + count, 0)
const failed = end.counts.reduce((sum, { failed }) => sum + failed, 0)
printTable(
  `Memory of the generator: soak of ${values.minutes} minutes at ${values.rate}/s, ${answered} answered, ${failed} failed, ${end.dropped} never sent`,
  ['minute', 'resident MiB', 'kept MiB'],
  minutes.map(({ rss, kept }, minute) => [String(minute + 1), rss, kept]),
)
const [, second] = minutes
const last = minutes.at(-1)
for (const [name, words] of [
  ['rss', 'resident memory'],
  ['kept', 'what is kept after garbage collection'],
] as const) {
  const growth = (last![name] / second![name] - 1) * 100
  bar(growth <= 5, `${words} does not grow after the first minute: ${growth.toFixed(1)} % (bar: 5 %)`)
}
process.exitCode = missedBars() === 0 ? 0 : 1
