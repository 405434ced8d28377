import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { otherAddresses } from './addresses.js'

it.each([
  ['0.0.0.0', true],
  ['127.0.0.1', false],
])('what listens on %s is met at another address of this machine: %s', async (host, met) => {
  const server = createServer((socket) => socket.end())
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as { port: number }
  const [address] = otherAddresses()
  const reached = await new Promise<boolean>((resolve) => {
    const other = createServer()
    other.once('error', () => resolve(true)).listen(port, address, () => other.close(() => resolve(false)))
  })
  server.close()
  expect(reached).toBe(met)
})
