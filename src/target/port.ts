import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** A port of this machine that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Whether somebody accepts connections there. */
export async function isTaken(url: URL): Promise<boolean> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)), timeout: 2000 })
  return new Promise((resolve) => {
    const answer = (taken: boolean) => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', () => answer(true))
    for (const event of ['error', 'timeout']) socket.once(event, () => answer(false))
  })
}
