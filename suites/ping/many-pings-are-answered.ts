import { defineCheck } from '../../src/conformance/check.js'
import { assumeResult, expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every one of many pings is answered, also beside other requests',
  requirement: 'ping-answered',
  async run(client) {
    const session = await client.session()
    assumeResult(await session.request('ping'), 'a first ping')
    const stream = client.facts.getStream ? await session.get() : undefined
    const others = Array.from({ length: 4 }, () => session.request('gauntlet/unknown'))
    const pings = await Promise.all(Array.from({ length: client.crowd(12) }, () => session.request('ping')))
    await Promise.all(others)
    stream?.close()
    for (const [at, reply] of pings.entries()) expectResult(reply, `ping ${at + 1} of ${pings.length}`)
  },
  fault: () => {
    let count = 0
    return {
      message(message, { call }) {
        if (call?.method !== 'ping' || ++count % 5 !== 0) return undefined
        const { result: _, ...rest } = message
        return { ...rest, error: { code: -32603, message: 'Too many pings' } }
      },
    }
  },
})
