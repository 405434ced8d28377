import { readdir } from 'node:fs/promises'
import { requirement } from '../protocol/catalogue.js'
import type { Check, LoadedCheck } from './check.js'

const root = new URL('../../suites/', import.meta.url)

/** The suites a user names first, in the order of reports; all others follow by name. */
const leading = ['initialize', 'session', 'tools-list', 'tools-call', 'sse-fallback', 'auth']

/** Loads every check below suites/: the folder listing is the registry, the path is the id. Sorted by suite, then id. */
export async function loadChecks(): Promise<LoadedCheck[]> {
  const suites = (await readdir(root, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && entry.name !== 'load',
  )
  const loaded = await Promise.all(suites.map((suite) => loadSuite(suite.name)))
  return loaded.flat().sort((a, b) => rank(a.suite) - rank(b.suite) || compare(a.id, b.id))
}

async function loadSuite(suite: string): Promise<LoadedCheck[]> {
  const files = (await readdir(new URL(`${suite}/`, root))).filter(
    (file) => /\.(ts|js)$/.test(file) && !/\.(test|d)\.ts$/.test(file),
  )
  return Promise.all(
    files.map(async (file) => {
      const { default: check } = (await import(new URL(`${suite}/${file}`, root).href)) as { default: Check }
      requirement(check.requirement)
      return { ...check, suite, id: `${suite}/${file.replace(/\.\w+$/, '')}` }
    }),
  )
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
