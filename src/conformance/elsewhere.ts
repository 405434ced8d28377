import { otherAddresses } from '../wire/addresses.js'
import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'

/** An answer that came at another address of this machine than the one the server is known by. */
export interface AnswerElsewhere {
  address: string
  reply: Reply
}

/** Asks for the same at the server's own address and at others of this machine, without credentials; returns what was answered alike there. */
export async function answersElsewhere(client: Client): Promise<{ control: Reply; elsewhere: AnswerElsewhere[] }> {
  const { url, transport } = client.facts
  const sse = transport === 'http+sse'
  const ask = async (hostname?: string) => {
    const place = new URL(url)
    if (hostname) place.hostname = hostname
    const accept = sse ? 'text/event-stream' : 'application/json, text/event-stream'
    const reply = await client.http({
      method: sse ? 'GET' : 'POST',
      url: place.href,
      headers: { host: new URL(url).host, accept, ...(sse ? {} : { 'content-type': 'application/json' }) },
      ...(sse ? {} : { body: '{"jsonrpc":"2.0","id":"gauntlet-where","method":"ping"}' }),
      identity: 'none',
      timeoutMs: client.timeoutMs,
    })
    if (reply.isStream) await reply.until((one) => one.events.some(({ data }) => data !== ''), 1000)
    reply.close()
    return reply
  }
  const control = await ask()
  const others = await Promise.all(otherAddresses().map(async (address) => ({ address, reply: await ask(address) })))
  return { control, elsewhere: others.filter(({ reply }) => kindOf(reply) === kindOf(control)) }
}

/** What tells one program's answer from another's: status, media type, challenge, and the message or the names of the events. */
function kindOf(reply: Reply): string {
  const [first] = reply.events
  const said = reply.isStream ? [first?.event, first?.data.length] : (reply.messages[0] ?? reply.text)
  return JSON.stringify([reply.status, reply.type, reply.header('www-authenticate'), said])
}
