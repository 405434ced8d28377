import { existsSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { importDefault } from '../load/own-module.js'
import { UsageError } from '../usage-error.js'
import type { Config } from './config.js'
import { shaped } from './problem.js'
import { configShape } from './shape.js'
import { parseSource, readSource, readText, type Source } from './source.js'

const names = ['ts', 'mts', 'js', 'mjs', 'json', 'yaml', 'yml'].map((end) => `mcp-gauntlet.config.${end}`)

/** A config that was read, with what it takes to point at its keys. */
export interface ReadConfig {
  config: Config
  source: Source
}

/**
 * Reads the config that is named, or the one of the folder `cwd`: mcp-gauntlet.config.{ts,mts,js,mjs,json,yaml,yml}, or the field `mcp-gauntlet` of
 * package.json. Undefined where there is none and none is named. Throws a UsageError that points at the key for one that is wrong.
 */
export async function findConfig(named: string | undefined, cwd: string): Promise<ReadConfig | undefined> {
  if (named !== undefined) return readConfig(named, cwd)
  const [file, other] = names.filter((name) => existsSync(join(cwd, name)))
  if (file && other)
    throw new UsageError(`${file} and ${other} are both there; keep one, or name it: mcp-gauntlet run ${file}`)
  if (file) return readConfig(file, cwd)
  const source = existsSync(join(cwd, 'package.json')) ? await fieldOfPackage(cwd) : undefined
  return source && { config: shaped(source, configShape), source }
}

async function readConfig(file: string, cwd: string): Promise<ReadConfig> {
  const path = resolve(cwd, file)
  const source = /\.(json|ya?ml)$/.test(file) ? await readSource(path, file) : await readModule(path, file)
  return { config: shaped(source, configShape), source }
}

async function readModule(path: string, file: string): Promise<Source> {
  if (!existsSync(path)) throw new UsageError(`${file}: there is no such file; mcp-gauntlet init writes one`)
  if (!/^\.[cm]?[jt]s$/.test(extname(file)))
    throw new UsageError(`${file}: a config is a .ts, .js, .mjs, .json, .yaml or .yml file`)
  const value = await importDefault(path, file, `{ url: 'http://localhost:3000/mcp' }`)
  return { file, value, lineOf: () => undefined }
}

/** The field of package.json; its lines are those of the whole file. */
async function fieldOfPackage(cwd: string): Promise<Source | undefined> {
  const file = 'package.json'
  const whole = await parseSource(await readText(join(cwd, file), file), file)
  const value = (whole.value as Record<string, unknown> | null)?.['mcp-gauntlet']
  if (value === undefined) return undefined
  return { file, value, top: 'mcp-gauntlet', lineOf: (path) => whole.lineOf(['mcp-gauntlet', ...path]) }
}
