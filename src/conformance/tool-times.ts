import type { Reply } from '../wire/reply.js'
import type { Session } from '../wire/session.js'
import type { Client, NamedTool } from './client.js'

/** A tool that takes longer, in ms, is called no more often than needed. */
export const patienceMs = 1000

/** A call of a tool that takes less, in ms, is quick whatever else goes on. */
const quickMs = 100

/** A request that asks for no work takes longer than this only where the machine is busy or the server far away, in ms. */
const farMs = 30

const endOf = ({ started, at }: Reply) => started + (at.response ?? Number.NaN)

/**
 * How long a tool works, in ms, where its first call took `ms`: by how much requests overtake its calls that are sent just after them and ask for no
 * work. In a crowd, or far from the server, all calls take long, but nothing overtakes that of a quick tool. Measured once per run and revision.
 */
export function timeOf(client: Client, tool: NamedTool, ms: number): Promise<number> {
  return client.once(`the time ${tool.name} takes`, async (one) => {
    const session = await one.session()
    const work: number[] = []
    for (let left = ms > patienceMs ? 1 : 3; left > 0; left--) {
      const [called, other] = await Promise.all([call(session, tool), plain(one, session)])
      if (called.at.response !== undefined && called.at.response < quickMs) return called.at.response
      work.push(endOf(called) - endOf(other))
    }
    const least = Math.min(...work)
    return least >= quickMs ? Math.min(ms, least) : timeInTurn(one, session, tool, ms)
  })
}

/** The same for a server that does one thing after the other: the shortest time of several calls, beyond that of requests that ask for no work. */
async function timeInTurn(client: Client, session: Session, tool: NamedTool, ms: number): Promise<number> {
  const idle: number[] = []
  const times = [ms]
  for (let left = ms > patienceMs ? 1 : 6; left > 0 && Math.min(...times) >= quickMs; left--) {
    idle.push((await plain(client, session)).at.response ?? 0)
    times.push((await call(session, tool)).at.response ?? ms)
  }
  const rest = Math.min(...idle)
  const work = Math.min(...times) - Math.max(0, rest - farMs)
  return work > rest ? work : 0
}

const plain = (client: Client, session: Session) => session.request(client.plainMethod, undefined, { lingerMs: 0 })

const call = (session: Session, { name, arguments: args }: NamedTool) =>
  session.request('tools/call', { name, arguments: args })
