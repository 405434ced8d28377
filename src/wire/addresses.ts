import { networkInterfaces } from 'node:os'

/**
 * IPv4 addresses of this machine beside 127.0.0.1: those that others can reach or, where it has none, 127.0.0.2. Whatever listens on
 * all interfaces answers there, and what listens on loopback as it should does not. Traffic to them does not leave the machine.
 */
export function otherAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  const outer = all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
  return outer.length > 0 ? outer : ['127.0.0.2']
}
