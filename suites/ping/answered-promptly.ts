import { defineCheck } from '../../src/conformance/check.js'
import { advise, assumeResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ping is answered promptly',
  requirement: 'ping-answered',
  hint: 'Answer ping at once, whatever else is queued: clients take a late answer for a dead connection.',
  async run(client) {
    const session = await client.session()
    const times: number[] = []
    for (let round = 0; round < 3 && (times.length === 0 || Math.min(...times) > 500); round++) {
      const reply = await session.request('ping', undefined, { lingerMs: 0 })
      assumeResult(reply, 'ping')
      times.push(reply.at.response ?? 0)
    }
    const best = Math.round(Math.min(...times))
    advise(best < 1000, `the fastest of ${times.length} pings took ${best} ms`, 'less than a second', `${best} ms`)
  },
  fault: {
    async request(request) {
      if (request.message?.method === 'ping') await new Promise((resolve) => setTimeout(resolve, 1100))
    },
  },
})
