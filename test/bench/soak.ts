import { planLoad } from '../../src/load/plan-load.js'
import { runLoad } from '../../src/load/run.js'
import { scaleProfile } from '../../src/load/scale.js'
import soak from '../../suites/load/soak.js'

/* A soak in a process of its own: `soak.js <url> <seconds> <requests per second>`; tells its parent its memory once a second. */

const [url = '', seconds, rate] = process.argv.slice(2)
const profile = scaleProfile(soak, { seconds: Number(seconds), rate: Number(rate) })
const { plan, obstacle } = await planLoad(url, { profileName: 'soak', profile })
if (!plan) throw new Error(obstacle?.message)
let passed = 0
for await (const event of runLoad(plan, new AbortController().signal)) {
  if (event.type === 'second') {
    // Once a minute all garbage goes first, so that what is kept can be told from what has not been collected yet.
    const collected = ++passed % 60 === 0
    if (collected) globalThis.gc?.()
    process.send?.({ ...process.memoryUsage(), collected })
  }
  if (event.type !== 'done') continue
  const { phases, dropped } = event.load
  const counts = Object.values(phases).map(({ count, failed }) => ({ count, failed }))
  process.send?.({ counts, dropped })
}
process.disconnect()
