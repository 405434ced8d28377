import net, { type AddressInfo, type Server, type Socket } from 'node:net'

/** A server that means harm or is broken beyond what the spec imagines. */
export interface Hostile {
  name: string
  /** Starts it on loopback; `trap` is the origin of a neighbour that must never see our token. */
  start(trap: string): Promise<Running>
}

/** One that runs. */
export interface Running {
  url: string
  close(): void | Promise<void>
}

/** Lets a server listen on a free loopback port; closing it ends every connection. */
export async function listening(server: Server, path = '/mcp', scheme = 'http'): Promise<Running> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** A server on bare sockets: `meet` gets each connection once its first bytes have come. */
export function onSockets(name: string, meet: (socket: Socket) => void): Hostile {
  return {
    name,
    start: () =>
      listening(
        net.createServer({ allowHalfOpen: true }, (socket) => {
          socket.once('data', () => meet(socket))
          socket.on('end', () => socket.end())
        }),
      ),
  }
}

/** Writes the same bytes as long as the other side takes them. */
export function flood(to: NodeJS.WritableStream, bytes: string | Buffer, most = 10 * 2 ** 30): void {
  let sent = 0
  const more = () => {
    let room = true
    while (room && sent < most && !(to as Socket).destroyed) {
      room = to.write(bytes)
      sent += bytes.length
    }
    if (sent >= most) to.end()
  }
  to.on('drain', more)
  more()
}
