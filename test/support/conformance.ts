import type { Check, LoadedCheck } from '../../src/conformance/check.js'
import type { RunContext } from '../../src/conformance/client.js'
import type { Given } from '../../src/conformance/given.js'
import { Shared } from '../../src/conformance/shared.js'
import type { Facts } from '../../src/wire/facts.js'
import type { Peer } from '../../src/wire/peer.js'
import { Seed } from '../../src/wire/seed.js'

/** What is known of a plain stateful server, changed as told. */
export function factsOf(changes: Partial<Facts> = {}): Facts {
  return {
    url: 'http://127.0.0.1:3000/mcp',
    transport: 'streamable-http',
    revisions: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'],
    sessions: true,
    answers: 'json',
    getStream: false,
    eventIds: false,
    strained: false,
    waits: false,
    handshakeMs: 0,
    auth: { required: false, open: true },
    capabilities: {},
    serverInfo: {},
    ...changes,
  }
}

/** What an operator gave: nothing, changed as told. */
export function givenOf(changes: Partial<Given> = {}): Given {
  return { tools: [], bad: {}, jwt: false, ...changes }
}

/** What the checks of a run share. */
export function contextOf(peer: Peer, facts: Partial<Facts> = {}, given: Partial<Given> = {}): RunContext {
  return {
    peer,
    facts: factsOf({ url: peer.url, ...facts }),
    given: givenOf(given),
    shared: new Shared(),
    seed: new Seed(),
  }
}

/** A check for a MUST of all revisions that does nothing, changed as told. */
export function checkOf(id: string, changes: Partial<Check> = {}): LoadedCheck {
  const plain = { title: `the rule of ${id}`, requirement: 'ping-answered', fault: {}, run: async () => {} }
  return { ...plain, ...changes, id, suite: id.split('/')[0]! }
}
