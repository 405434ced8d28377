import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { requirement } from '../protocol/catalogue.js'
import type { Check, LoadedCheck } from './check.js'

const root = new URL('../../suites/', import.meta.url)

/** Where the build puts all checks together; an installed package has them there alone. */
const oneFile = new URL('all.js', root)

/** The suites a user names first, in the order of reports; all others follow by name. */
const leading = ['initialize', 'session', 'tools-list', 'tools-call', 'sse-fallback', 'auth']

/** A check by its place: the path below suites/ is the id. */
interface Place {
  suite: string
  id: string
  url: URL
}

/** Loads every check below suites/: the folder listing is the registry, the path is the id. Sorted by suite, then id. */
export async function loadChecks(): Promise<LoadedCheck[]> {
  const places = await listing()
  const together = isNewerThan(places) ? await allInOne() : {}
  const loaded = places.map(async ({ suite, id, url }) => {
    const check = together[id] ?? ((await import(url.href)) as { default: Check }).default
    requirement(check.requirement)
    return { ...check, suite, id }
  })
  return Promise.all(loaded)
}

/** The ids of all checks in the order of reports. */
export async function checkIds(): Promise<string[]> {
  return (await listing()).map(({ id }) => id)
}

/** False where there is no one file, or a check has been built since. */
function isNewerThan(places: Place[]): boolean {
  const built = statSync(oneFile, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return places.every(({ url }) => (statSync(url, { throwIfNoEntry: false })?.mtimeMs ?? 0) <= built)
}

async function allInOne(): Promise<Record<string, Check>> {
  return ((await import(oneFile.href)) as { default: Record<string, Check> }).default
}

async function listing(): Promise<Place[]> {
  const suites = (await readdir(root, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && entry.name !== 'load',
  )
  const paths =
    suites.length > 0
      ? (await Promise.all(suites.map(({ name }) => filesOf(name)))).flat()
      : Object.keys(await allInOne()).map((id) => `${id}.js`)
  return paths.map(placeOf).sort((a, b) => rank(a.suite) - rank(b.suite) || compare(a.id, b.id))
}

async function filesOf(suite: string): Promise<string[]> {
  const files = await readdir(new URL(`${suite}/`, root))
  return files
    .filter((file) => /\.(ts|js)$/.test(file) && !/\.(test|d)\.ts$/.test(file))
    .map((file) => `${suite}/${file}`)
}

function placeOf(path: string): Place {
  return { suite: path.split('/')[0]!, id: path.replace(/\.\w+$/, ''), url: new URL(path, root) }
}

function rank(suite: string): number {
  const index = leading.indexOf(suite)
  return index < 0 ? leading.length : index
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Which checks a run takes. Suites and prefixes that match nothing are returned so that the user hears of them. */
export interface Selection {
  suites?: string[]
  only?: string[]
  slow?: boolean
}

/** Picks checks by suite names and id prefixes. */
export function select(checks: LoadedCheck[], selection: Selection): { chosen: LoadedCheck[]; unmatched: string[] } {
  const { suites = [], only = [] } = selection
  const bySuite = suites.length === 0 ? checks : checks.filter((check) => suites.includes(check.suite))
  const named =
    only.length === 0 ? bySuite : bySuite.filter((check) => only.some((prefix) => check.id.startsWith(prefix)))
  const unmatched = [
    ...suites.filter((suite) => !checks.some((check) => check.suite === suite)),
    ...only.filter((prefix) => !checks.some((check) => check.id.startsWith(prefix))),
  ]
  return { chosen: named.filter((check) => !check.slow || selection.slow || only.includes(check.id)), unmatched }
}
