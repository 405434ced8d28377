import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { requirement } from '../protocol/catalogue.js'
import type { Check, LoadedCheck } from './check.js'

const root = new URL('../../suites/', import.meta.url)

/** The suites a user names first, in the order of reports; all others follow by name. */
const leading = ['initialize', 'session', 'tools-list', 'tools-call', 'sse-fallback', 'auth']

/** Loads every check below suites/: the folder listing is the registry, the path is the id. Sorted by suite, then id. */
export async function loadChecks(): Promise<LoadedCheck[]> {
  const all = await listing()
  const together = await inOneFile(all.map(({ url }) => url))
  const loaded = all.map(async ({ suite, id, url }) => {
    const check = together?.[id] ?? ((await import(url.href)) as { default: Check }).default
    requirement(check.requirement)
    return { ...check, suite, id }
  })
  return Promise.all(loaded)
}

/** The file that the build puts all checks into; undefined where there is none, or a check has been built since. */
async function inOneFile(urls: URL[]): Promise<Record<string, Check> | undefined> {
  const file = new URL('all.js', root)
  const built = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined || urls.some((url) => statSync(url).mtimeMs > built)) return undefined
  return ((await import(file.href)) as { default: Record<string, Check> }).default
}

/** The ids of all checks in the order of reports, from the folder listing alone: none is loaded. */
export async function checkIds(): Promise<string[]> {
  return (await listing()).map(({ id }) => id)
}

async function listing(): Promise<{ suite: string; id: string; url: URL }[]> {
  const suites = (await readdir(root, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && entry.name !== 'load',
  )
  const files = await Promise.all(suites.map(({ name }) => listSuite(name)))
  return files.flat().sort((a, b) => rank(a.suite) - rank(b.suite) || compare(a.id, b.id))
}

async function listSuite(suite: string): Promise<{ suite: string; id: string; url: URL }[]> {
  const files = await readdir(new URL(`${suite}/`, root))
  return files
    .filter((file) => /\.(ts|js)$/.test(file) && !/\.(test|d)\.ts$/.test(file))
    .map((file) => ({ suite, id: `${suite}/${file.replace(/\.\w+$/, '')}`, url: new URL(`${suite}/${file}`, root) }))
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
