import type { TargetOptions } from '../../src/conformance/assess.js'
import { resolveTarget } from '../../src/target/resolve.js'
import { interopServers, startInterop } from '../interop/servers.js'

/** A server that is judged many times. */
export interface SteadyTarget {
  url: string
  options: TargetOptions
  /** The suites that are asked, where a whole check takes minutes: all when absent. */
  suites?: string[]
  close(): Promise<void>
}

/** The reference server in each of its modes, with both forms of answers and every kind of auth. */
export const referenceModes = [
  'reference:stateful',
  'reference:stateful?response=json',
  'reference:stateless',
  'reference:modern',
  'reference:dual',
  'reference:sse',
  'reference:stateful?auth=apikey',
  'reference:stateless?auth=credentials',
  'reference:stateful?auth=oauth',
  'reference:modern?auth=oauth',
]

/** Real servers that nobody here wrote: of three authors, in two languages, with and without sessions. */
export const realServers = ['everything-http', 'fastmcp-py-stateful', 'sdk-stateless']

/** Starts a target by its name: `reference:<mode>`, a real server of test/interop, or a URL. */
export async function startTarget(name: string): Promise<SteadyTarget> {
  const server = interopServers.find((one) => one.name === name)
  if (!server) return resolveTarget(name)
  const { url, close } = await startInterop(server)
  return { url, close, options: { tools: server.safeTools }, ...(server.suites ? { suites: server.suites } : {}) }
}
