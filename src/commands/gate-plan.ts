import type { CheckConfig, Config, LoadConfig, TargetConfig } from '../config/config.js'
import { pointing } from '../config/pointing.js'
import { problem } from '../config/problem.js'
import type { KeyPath, Source } from '../config/source.js'
import type { TargetOptions } from '../conformance/assess.js'
import type { LoadedCheck } from '../conformance/check.js'
import type { RunOptions } from '../conformance/runner.js'
import { checkedProfile } from '../load/profile-shape.js'
import { scaleProfile } from '../load/scale.js'
import type { TargetSource } from '../target/source.js'
import { chooseChecks } from './check.js'
import { accessFlags, checkFlags, headerSecrets, loadFlags, sourceFlags, toolTexts } from './config-flags.js'
import { type LoadWish, loadWish, parseAmounts } from './load-options.js'
import { parseRevision, targetOptions, wholeNumber } from './options.js'
import { targetSource } from './target-source.js'
import type { Terminal } from './terminal.js'

/** What is done to one server, read and checked before anything is started. */
export interface TargetPlan {
  name?: string
  url?: string
  source: TargetSource
  given: TargetOptions
  check?: { checks: LoadedCheck[]; given: TargetOptions; options: RunOptions }
  loads: { wish: LoadWish; given: TargetOptions; repeat: number; place: KeyPath }[]
  owned: boolean
  /** Where it stands in the file. */
  place: KeyPath
}

/** A config with what it takes to point at its keys. */
export interface Given {
  config: Config
  source: Source
  /** Tokens that are given as values, by programs. */
  tokens?: Pick<TargetOptions, 'token' | 'secondToken'>
}

/** The servers of a config, each with what it takes from the top of the file. */
export function targetsOf({ config, source }: Given): { target: TargetConfig; place: KeyPath }[] {
  const { targets, ...top } = config
  if (!targets) return [{ target: top, place: [] }]
  for (const key of ['url', 'name', 'start', 'image', 'dockerfile', 'mcpConfig', 'server'] as const)
    if (top[key] !== undefined)
      throw problem(source, [key], 'stands beside targets; say it in the one that it is about')
  return targets.map((target, at) => ({ target: { ...top, ...target }, place: ['targets', at] }))
}

/** Reads all that is said of one server. Throws a UsageError that points at the key for what makes no sense. */
export async function planTargetOf(
  given: Given,
  { target, place }: { target: TargetConfig; place: KeyPath },
  terminal: Terminal,
): Promise<TargetPlan> {
  const own = place.length > 0 ? given.config.targets![place[1] as number]! : given.config
  const at = (key: string): KeyPath => (key === '' ? place : Object.hasOwn(own, key) ? [...place, key] : [key])
  const point = <T>(placeOf: (key: string) => KeyPath, work: () => T | Promise<T>) =>
    pointing(given.source, placeOf, work)
  const { name, url, check = true, load = [] } = target
  const source = await point(at, () => targetSource(url, sourceFlags(target), terminal))
  if (url === undefined && Object.keys(source).length === 0)
    throw problem(given.source, place, 'no server is given; say url, start, image, dockerfile or mcpConfig')
  const read = await point(at, () => targetOptions(accessFlags(target, terminal), terminal))
  const options = {
    ...read,
    ...given.tokens,
    secrets: [...(read.secrets ?? []), ...headerSecrets(target, terminal)],
  }
  const judged = check === false ? undefined : check === true ? {} : check
  const loads = Array.isArray(load) ? load : [load]
  return {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...{ source, given: options, owned: target.iOwnThisServer === true, place },
    ...(judged
      ? {
          check: await point(
            (key) => inside(at('check'), key, judged, at),
            () => checkPlan(judged, options),
          ),
        }
      : {}),
    loads: await Promise.all(
      loads.map((one, index) => {
        const base = Array.isArray(load) ? [...at('load'), index] : at('load')
        return point(
          (key) => inside(base, key, one, at),
          async () => ({ ...(await loadPlan(one, target, options, terminal)), place: base }),
        )
      }),
    ),
  }
}

/** A key of a check or a load, or where it is not said there the one of its target. */
function inside(base: KeyPath, key: string, own: object, at: (key: string) => KeyPath): KeyPath {
  if (key === '' || key === 'check') return base
  return Object.hasOwn(own, key) ? [...base, key] : at(key)
}

async function checkPlan(config: CheckConfig, given: TargetOptions): Promise<NonNullable<TargetPlan['check']>> {
  const flags = checkFlags(config)
  return {
    checks: await chooseChecks(flags),
    given: {
      ...given,
      ...(config.maxRequests === undefined ? {} : { maxRequests: config.maxRequests }),
      ...(config.timeout === undefined ? {} : { timeoutMs: config.timeout }),
    },
    options: {
      revision: parseRevision(flags.revision ?? 'auto'),
      ...(flags.concurrency ? { concurrency: wholeNumber(flags.concurrency, '--concurrency', 1) } : {}),
    },
  }
}

async function loadPlan(
  config: LoadConfig,
  { ca, tools }: TargetConfig,
  given: TargetOptions,
  terminal: Terminal,
): Promise<Omit<TargetPlan['loads'][number], 'place'>> {
  const flags = loadFlags(config, ca)
  const wish = await loadWish(flags, terminal)
  const called = targetOptions({ tool: toolTexts(config.tools ?? tools) ?? [] }, terminal).tools ?? []
  return {
    wish:
      typeof config.profile === 'object'
        ? {
            ...wish,
            profileName: 'own',
            profile: scaleProfile(checkedProfile(config.profile, 'profile'), parseAmounts(flags)),
          }
        : wish,
    given: { ...given, tools: called, ...(config.timeout === undefined ? {} : { timeoutMs: config.timeout }) },
    repeat: config.repeat ?? 1,
  }
}
