import { assembleRun, type Ingredients } from '../../src/report/assemble.js'
import type { Result, Run } from '../../src/report/run.js'
import { version } from '../../src/version.js'

/** A run without what differs each time: times, ports, counts of requests, words made up on the way. Hints stay where something is broken. */
export function steady(parts: Ingredients['parts']): Run {
  const run = assembleRun({
    version,
    startedAt: new Date(0),
    ms: 0,
    parts: parts.map(({ part, results }) => ({
      part: {
        ...part,
        requests: 0,
        target: {
          ...part.target,
          ...(part.target.facts
            ? { facts: { ...part.target.facts, handshakeMs: 0, strained: false, waits: false } }
            : {}),
        },
      },
      results: results.map(steadyResult),
    })),
  })
  return JSON.parse(
    JSON.stringify(run)
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:3000')
      .replace(/gauntlet-canary-[0-9a-f]+/g, 'gauntlet-canary'),
  )
}

function steadyResult({ hint, ...result }: Result): Result {
  const broken = ['fail', 'warn', 'error'].includes(result.outcome.status)
  return { ...result, ms: 0, requests: 0, ...(broken && hint !== undefined ? { hint } : {}) }
}

/** A run as it is published: a result a line, so that a change shows as the lines it changes. */
export function text(run: Run): string {
  const { results, ...rest } = run
  const frame = JSON.stringify({ ...rest, results: [] }, null, 1)
  const lines = results.map((result) => JSON.stringify(result)).join(',\n')
  return `${frame.replace('"results": []', () => `"results": [\n${lines}\n]`)}\n`
}
