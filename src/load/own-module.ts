import { pathToFileURL } from 'node:url'
import { UsageError } from '../usage-error.js'

/** Imports a user's .ts or .js file and returns its default export; `example` is one, for the user who forgot it. Throws a UsageError for one that cannot be read. */
export async function importDefault(path: string, source: string, example: string): Promise<unknown> {
  let module: Record<string, unknown>
  try {
    module = await inTime(import(pathToFileURL(path).href))
  } catch (error) {
    throw new UsageError(`${source}: ${whyUnreadable(error)}`)
  }
  if (module.default === undefined)
    throw new UsageError(`${source}: the file has no default export; write export default ${example}`)
  return module.default
}

/** How long a file may take to be ready, in ms. */
const longestMs = 10_000

/** Waits for an import, which without a timer would end the process when the file waits for what never comes. */
async function inTime<T>(module: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const words = `it is not ready after ${longestMs / 1000} s; a top-level await in it never ends`
    timer = setTimeout(() => reject(new Error(words)), longestMs)
  })
  return Promise.race([module, late]).finally(() => clearTimeout(timer))
}

/** Why a user's file could not be read, in a few words. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return `Node ${process.versions.node} cannot read TypeScript; write it as .js or .json, or use Node 22.18 or later`
  if (code?.startsWith('E') && !code.startsWith('ERR_')) return `cannot be read (${code})`
  // What it imports in vain is named with the path of who imports it.
  return `cannot be read: ${message.split('\n')[0]!.replace(/ imported from .*/, '')}`
}
