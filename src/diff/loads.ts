import type { LoadChange } from '../report/changes.js'
import type { Load } from '../report/load.js'
import { phaseChanges } from './figures.js'
import { leastSeconds } from './spread.js'

/** The loads that two runs have in common, and how their figures changed. Loads that are repeated count as one with several measurements. */
export function diffLoads(before: readonly Load[], after: readonly Load[]): LoadChange[] {
  const [one, other] = [grouped(before), grouped(after)]
  const alone = new Set(before.map(targetOf)).size === 1 && new Set(after.map(targetOf)).size === 1
  const keys = [...other.keys()].flatMap((key) => {
    const twin = one.has(key) ? key : alone ? [...one.keys()].find((old) => kindOf(old) === kindOf(key)) : undefined
    return twin === undefined ? [] : [[twin, key] as const]
  })
  return keys.map(([old, key]) => changeOf(key, one.get(old)!, other.get(key)!))
}

function grouped(loads: readonly Load[]): Map<string, Load[]> {
  const groups = new Map<string, Load[]>()
  for (const load of loads.filter(({ interrupted }) => !interrupted)) {
    const key = `${targetOf(load)}\n${load.profile} ${load.mode} ${load.session}`
    groups.set(key, [...(groups.get(key) ?? []), load])
  }
  return groups
}

function targetOf({ target }: Load): string {
  return target.name ?? target.url
}

function kindOf(key: string): string {
  return key.split('\n')[1]!
}

function changeOf(key: string, before: Load[], after: Load[]): LoadChange {
  const phases = [...new Set([...before, ...after].flatMap((load) => Object.keys(load.phases)))]
  const unlike = difference(before[0]!, after[0]!)
  const limited = [...before, ...after].some(({ generator }) => generator.limited)
  const figures = unlike ? [] : phases.flatMap((phase) => phaseChanges(phase, before, after))
  const unsure = limited
    ? figures.map((one) => (one.figure === 'errors' ? one : { ...one, change: 'not-shown' as const }))
    : figures
  const caveat =
    unlike ??
    (limited
      ? 'The generator was the limit, so that times and rates say nothing of the server.'
      : caveatOf(before, after))
  return {
    name: key.replace('\n', ', '),
    loads: [before.length, after.length],
    figures: unsure,
    ...(caveat ? { caveat } : {}),
  }
}

/** Why two loads are not the same load. */
function difference(before: Load, after: Load): string | undefined {
  const words = (load: Load) => {
    const rate = load.stages.at(-1)?.rate
    return `${load.loop} loop, ${rate === undefined ? `${load.connections} connections` : `${rate}/s`}, ${Math.round(load.seconds)} s`
  }
  const near = Math.abs(before.seconds - after.seconds) <= 0.2 * Math.max(before.seconds, after.seconds)
  const alike = words({ ...before, seconds: 0 }) === words({ ...after, seconds: 0 })
  return near && alike ? undefined : `Not the same load: ${words(before)} before, ${words(after)} after.`
}

function caveatOf(before: Load[], after: Load[]): string | undefined {
  if (before.length > 1 && after.length > 1) return undefined
  const short = Math.min(...[...before, ...after].map(({ series }) => series.length)) < leastSeconds
  if (before.length > 1 || after.length > 1) return 'One side was run once: how much it varies is taken from the other.'
  return short
    ? `A pair of loads of less than ${leastSeconds} s cannot show whether times or rates changed: run them longer, or several times.`
    : 'One load on each side: the intervals allow for what differs between any two runs, so that only large changes show; several loads on each side, or compare, tell more.'
}
