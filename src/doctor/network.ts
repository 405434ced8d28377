import { lookup } from 'node:dns/promises'
import net from 'node:net'
import { wireError } from '../wire/failure.js'
import { broken, type Finding, holds, type StepDefinition, type Trip } from './trip.js'

const hostOf = ({ url }: Trip) => url.hostname.replace(/^\[|\]$/g, '')
const portOf = ({ url }: Trip) => Number(url.port || (url.protocol === 'https:' ? 443 : 80))

const placeOf = (trip: Trip) => `${trip.url.hostname}:${portOf(trip)}`

async function addressesOf(trip: Trip): Promise<string[]> {
  const host = hostOf(trip)
  return net.isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address)
}

/** The name has addresses. */
export const dns: StepDefinition = {
  id: 'dns',
  title: 'DNS',
  async look(trip) {
    const host = hostOf(trip)
    if (net.isIP(host)) return { state: 'not-needed', found: `${host} is an address` }
    try {
      return holds(`${host} is ${(await addressesOf(trip)).join(', ')}`)
    } catch (thrown) {
      const { message } = wireError(thrown)
      return broken(`${host} does not resolve: ${message}`, {
        layer: 'network',
        cause: 'The name has no address, or no name server answers',
        fix: 'Check the spelling; add the A or AAAA record; where the name is internal, run this inside that network.',
      })
    }
  },
}

/** Something listens at one address at least. */
export const tcp: StepDefinition = {
  id: 'tcp',
  title: 'TCP',
  async look(trip) {
    const addresses = await addressesOf(trip)
    const tried = await Promise.all(
      addresses.map((address) => connect(address, portOf(trip), trip.peer.wire.waiting.timeoutMs)),
    )
    const failed = addresses.flatMap((address, at) => (tried[at] ? [`${address}: ${tried[at]}`] : []))
    if (failed.length < addresses.length)
      return holds(
        `${placeOf(trip)} is open`,
        failed.map(
          (one) =>
            `Clients that try this address first have to wait or fail: ${one}. Listen there too, or drop the record.`,
        ),
      )
    const silent = failed.every((one) => /timed out/.test(one))
    return broken(`${placeOf(trip)} cannot be connected to: ${failed.join('; ')}`, {
      layer: 'network',
      cause: silent ? 'Packets to the port are dropped, as firewalls do' : 'Nothing listens at this port',
      fix: silent
        ? 'Open the port in the firewall or security group, or check the address.'
        : 'Start the server, check the port; in a container listen on 0.0.0.0 and publish the port.',
    })
  },
}

/** The reason why a connection fails, or undefined when it stands. */
function connect(host: string, port: number, ms: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: ms })
    const done = (why?: string) => {
      socket.destroy()
      resolve(why)
    }
    socket.once('connect', () => done())
    socket.once('timeout', () => done(`timed out after ${ms} ms`))
    socket.once('error', (error) => done(wireError(error).message))
  })
}

/** What proxy variables would do to other clients; this one connects directly. */
export const proxy: StepDefinition = {
  id: 'proxy',
  title: 'Proxy',
  async look({ env, url }): Promise<Finding> {
    const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
    const value = (key: string) => env[key.toUpperCase()] || env[key]
    const set = value(name) ?? value('all_proxy')
    if (!set) return holds('no proxy variable concerns this URL')
    const excepted = (value('no_proxy') ?? '').split(/[,\s]+/).filter(Boolean)
    const exempt = excepted.some(
      (one) => one === '*' || `.${url.hostname}`.endsWith(`.${one.replace(/^\*?\.|:\d+$/g, '')}`),
    )
    const where = URL.canParse(set) ? new URL(set).host : 'an address that is no URL'
    if (exempt) return holds(`${name.toUpperCase()} is ${where}, NO_PROXY exempts ${url.hostname}`)
    return holds(`${name.toUpperCase()} is ${where}`, [
      `This program connects directly; clients that obey the variable go through the proxy, which may buffer streams or refuse local names. Add ${url.hostname} to NO_PROXY where it must not.`,
    ])
  },
}
