import { prepare, type TargetOptions } from '../conformance/assess.js'
import type { Diagnosis, Step } from '../report/diagnosis.js'
import type { Account, Exchange } from '../wire/exchange.js'
import { Seed } from '../wire/seed.js'
import { auth } from './auth.js'
import { accept, body, host, path, redirect, waf } from './first-answer.js'
import { dns, proxy, tcp } from './network.js'
import { call, handshake, list } from './speaking.js'
import { tls } from './tls.js'
import { type StepDefinition, stepOf, type Trip } from './trip.js'

/** Every step, in the order of the way from the name to the first call. */
export const steps: readonly StepDefinition[] = [
  dns,
  tcp,
  tls,
  proxy,
  redirect,
  host,
  waf,
  path,
  body,
  accept,
  auth,
  handshake,
  list,
  call,
]

/** How a diagnosis is made. */
export interface DoctorOptions {
  env: Record<string, string | undefined>
  probeWaf?: boolean
  signal?: AbortSignal
  /** Where canaries come from. By default one that nobody can guess. */
  seed?: string
  /** Told of each step as it ends. */
  tell?(step: Step): void
}

/**
 * Goes from the name of a server to its first tool call and stops at the first step that is broken. Never throws for what the server does;
 * spends at most a few dozen requests, which change nothing.
 */
export async function diagnose(url: string, target: TargetOptions, options: DoctorOptions): Promise<Diagnosis> {
  const { peer, given } = prepare(url, { timeoutMs: 10_000, ...target })
  const record = (account: Account) => {
    if (account().request.method !== 'DELETE') trip.last = account
  }
  const trip: Trip = {
    peer: { ...peer, record },
    url: new URL(url),
    env: options.env,
    tools: given.tools,
    probeWaf: options.probeWaf ?? false,
    canary: new Seed(options.seed).canary('doctor'),
    ...(target.ca === undefined ? {} : { ca: target.ca }),
  }
  const release = peer.wire.closeOn(options.signal)
  const done: Step[] = []
  try {
    for (const definition of steps) {
      const stopped = options.signal?.aborted || done.some(({ state }) => state === 'broken' || state === 'not-given')
      const started = performance.now()
      const finding = stopped ? undefined : await definition.look(trip)
      const step = stepOf(definition, finding, performance.now() - started)
      const exchange = exchangeBehind(step, trip)
      if (exchange) step.exchange = exchange
      done.push(peer.wire.redact.value(step))
      if (!stopped) options.tell?.(done.at(-1)!)
    }
    return { url: peer.wire.redact.text(url), steps: done }
  } finally {
    release()
    await peer.wire.close()
  }
}

/** The request that shows a broken step: the first initialize for what is read from its answer, else the last one. */
function exchangeBehind({ id, state }: Step, { first, last }: Trip): Exchange | undefined {
  if (state !== 'broken') return undefined
  return (id === 'handshake' || id === 'list' || id === 'call' ? last : first)?.()
}
