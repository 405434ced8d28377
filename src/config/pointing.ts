import { UsageError } from '../usage-error.js'
import { problem } from './problem.js'
import type { KeyPath, Source } from './source.js'

/** Keys that are not called as the flag that means the same. */
const renamed: Record<string, string> = {
  tool: 'tools',
  suite: 'suites',
  header: 'headers',
  threshold: 'thresholds',
  report: 'reports',
}

/**
 * Does some work; a mistake that is told of a flag (`--token-env X: …`) becomes one told of the key that stands for it. `placeOf` says where in
 * the file a key stands.
 */
export async function pointing<T>(
  source: Source,
  placeOf: (key: string) => KeyPath,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const [, flag, rest] = /^--([a-z][a-z-]*)(.*)$/s.exec(error.message) ?? []
    if (flag) throw problem(source, placeOf(keyOf(flag)), inKeys(rest!.trim()))
    if (error.message.startsWith('threshold "')) throw problem(source, placeOf('thresholds'), error.message)
    if (error.message.startsWith('no check matches')) throw problem(source, placeOf('check'), error.message)
    throw problem(source, placeOf(''), inKeys(error.message))
  }
}

/** The key that stands for a flag: `token-env` is `tokenEnv`. */
function keyOf(flag: string): string {
  const camel = flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return renamed[camel] ?? camel
}

function inKeys(message: string): string {
  return message.replace(/(^|\s)--([a-z][a-z-]+)/g, (_, before: string, flag: string) => before + keyOf(flag))
}
