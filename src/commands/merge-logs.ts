import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { mergeRunners } from '../load/k6/merge-runners.js'
import { readFigures } from '../load/k6/read-figures.js'
import { assembleRun } from '../report/assemble.js'
import type { Run } from '../report/run.js'
import { UsageError } from '../usage-error.js'
import { version } from '../version.js'
import type { Terminal } from './terminal.js'

/** The Run of one load that runners of k6 made, from what they printed. Throws a UsageError for files that do not hold it. */
export function mergeLogs(files: readonly string[], { cwd }: Terminal): Run {
  const found = files.map((file) => readFigures(textOf(file, cwd), file))
  const load = mergeRunners({
    runners: found.flatMap(({ runners }) => runners),
    examples: found.flatMap(({ examples }) => examples),
  })
  const { url, name } = load.target
  return assembleRun({
    version,
    startedAt: new Date(load.startedAt),
    ms: load.seconds * 1000,
    parts: [{ part: { target: { url, ...(name ? { name } : {}) }, count: 0, requests: 0 }, results: [] }],
    loads: [load],
    ...(load.interrupted ? { interrupted: true } : {}),
  })
}

function textOf(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}); give what runners of k6 printed`,
    )
  }
}
