import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isRun } from '../report/is-run.js'
import type { Run } from '../report/run.js'
import { UsageError } from '../usage-error.js'
import { parseJson } from '../wire/jsonrpc.js'

/** Reads a stored Run document. Throws a UsageError for a file that is none. */
export function readRun(path: string, cwd: string): Run {
  let text: string
  try {
    text = readFileSync(resolve(cwd, path), 'utf8')
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}); give a run.json that mcp-gauntlet wrote`,
    )
  }
  const value = parseJson(text)
  if (!isRun(value))
    throw new UsageError(`${path} is not a Run document of schema 1; give a run.json that mcp-gauntlet wrote`)
  return value
}
