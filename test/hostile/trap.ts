import { createServer } from 'node:http'
import { listening, type Running } from './hostile.js'

/** A neighbour on another origin that notes whoever brings it a secret. */
export interface Trap extends Running {
  /** Requests with the secret anywhere in their target, headers or body. */
  caught(): number
}

/** Starts one that answers everything with 200 and a little JSON. */
export async function startTrap(secret: string): Promise<Trap> {
  let caught = 0
  const server = createServer(async (incoming, answer) => {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part as Buffer)
    const seen = `${incoming.url}\n${incoming.rawHeaders.join('\n')}\n${Buffer.concat(parts)}`
    if (seen.includes(secret)) caught++
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  const running = await listening(server, '')
  return { ...running, caught: () => caught }
}
