import { type Death, startMortal } from '../mortal/mortal.js'
import type { Hostile } from './hostile.js'

/** Processes that die of a request. */
export const mortal: Hostile[] = [
  dying('a process that ends at initialize', { of: 'initialize' }),
  dying('a process that ends at an unknown method', { of: 'rpc.discover', by: 'throw' }),
  dying('a process that is killed by tools/list and started again', { of: 'tools/list', by: 'kill', backAfterMs: 300 }),
  dying('a process that ends at every ping and is started again', { of: 'ping', backAfterMs: 100 }),
  dying('four processes, one of which ends at an unknown method', { of: 'rpc.discover', workers: 4, sessions: false }),
]

function dying(name: string, death: Death): Hostile {
  return { name, start: () => startMortal(death) }
}
