import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../usage-error.js'
import { importDefault, whyUnreadable } from './own-module.js'
import type { Profile } from './profile.js'
import { checkedProfile } from './profile-shape.js'

const root = new URL('../../suites/load/', import.meta.url)

/** A profile with the name it goes by. */
export interface NamedProfile {
  name: string
  profile: Profile
}

/** The names of the profiles that come with the program: the folder listing is the registry. Sorted. */
export async function profileNames(): Promise<string[]> {
  const files = (await readdir(root)).filter((file) => /\.(ts|js)$/.test(file) && !/\.(test|d)\.ts$/.test(file))
  return files.map(nameOf).sort()
}

/**
 * Loads a profile by its name, or a user's own from a .ts, .js or .json file (relative to `cwd`) whose default export or content it is. Throws a
 * UsageError for one that cannot be read or is none.
 */
export async function loadProfile(nameOrPath: string, cwd: string): Promise<NamedProfile> {
  if (/[\\/]|\.([cm]?[jt]s|json)$/.test(nameOrPath)) return ownProfile(nameOrPath, resolve(cwd, nameOrPath))
  const names = await profileNames()
  if (!names.includes(nameOrPath))
    throw new UsageError(
      `--profile ${nameOrPath}: there is no such profile; choose ${names.join(', ')}, or give a file such as ./my-profile.json`,
    )
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const { default: value } = await import(new URL(`${nameOrPath}.${extension}`, root).href)
  return { name: nameOrPath, profile: checkedProfile(value, `profile ${nameOrPath}`) }
}

async function ownProfile(given: string, path: string): Promise<NamedProfile> {
  const source = `--profile ${given}`
  if (!existsSync(path)) throw new UsageError(`${source}: there is no such file`)
  const value = path.endsWith('.json')
    ? await readJson(path, source)
    : await importDefault(path, source, '{ description, loop, stages }')
  return { name: nameOf(given), profile: checkedProfile(value, source) }
}

async function readJson(path: string, source: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`${source}: ${whyUnreadable(error)}`)
  }
}

function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '')
}
