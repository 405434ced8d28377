import { partName } from './assemble.js'
import { breachesOf } from './beyond-checks.js'
import { oneLine } from './clean.js'
import { plural } from './figures.js'
import { countsAgainst } from './gate.js'
import { markdownBlocks } from './markdown.js'
import { findingGroups } from './occurrences.js'
import type { Run, Status } from './run.js'

/** GitHub shows ten annotations of a kind per step; the last of ours says how many more there are. */
const shown = 10

/** GitHub takes 1 MiB of summary per step and refuses all of it when it is longer: we stay below it. */
const summaryBytes = 1_000_000

/** Workflow commands for the log of a GitHub job: the verdict, and an annotation per finding that fails the gate. */
export function renderAnnotations(run: Run): string {
  const errors = [
    ...breachesOf(run).map(({ where, message }) => command('error', where, message)),
    ...(['fail', 'error', 'warn', 'not-testable'] as const).flatMap((status) => findingCommands(run, status)),
  ]
  const more = errors.length - shown + 1
  const cut =
    errors.length > shown
      ? [
          ...errors.slice(0, shown - 1),
          command('error', 'mcp-gauntlet', `${plural(more, 'further finding')}: see the summary`),
        ]
      : errors
  const verdict = command(
    run.verdict.exitCode === 0 ? 'notice' : 'warning',
    `mcp-gauntlet: ${run.verdict.name}`,
    run.verdict.sentence,
  )
  return `${[verdict, ...cut].join('\n')}\n`
}

function findingCommands(run: Run, status: Status): string[] {
  if (!countsAgainst(run, status)) return []
  return findingGroups(run, status).map(({ cause, findings }) => {
    const [{ id, occurrences } = findings[0]!] = findings
    const { part, result } = occurrences[0]!
    const { message, expected, actual } = result.outcome
    const words = [
      cause === undefined ? (message ?? result.rule) : `${cause} (behind ${plural(findings.length, 'check')})`,
      expected === undefined ? '' : `expected ${oneLine(expected, 200)}`,
      actual === undefined ? '' : `actual ${oneLine(actual, 200)}`,
      run.parts.length > 1 ? `on ${partName(run, part)}` : '',
    ]
    return command('error', `${id} (${result.keyword})`, words.filter(Boolean).join('; '))
  })
}

/** One workflow command; neither its title nor its text can begin another. */
function command(kind: 'error' | 'warning' | 'notice', title: string, text: string): string {
  const data = (value: string) => value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (value: string) => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::${kind} title=${property(oneLine(title, 150))}::${data(oneLine(text, 1000))}`
}

/** The step summary: as many whole blocks of the Markdown report as GitHub takes. */
export function renderSummary(run: Run, most = summaryBytes): string {
  const blocks = markdownBlocks(run)
  let size = 200
  const fits = blocks.findIndex((block) => {
    size += Buffer.byteLength(block) + 2
    return size > most
  })
  if (fits < 0) return `${blocks.join('\n\n')}\n`
  return `${[...blocks.slice(0, fits), `… and ${plural(blocks.length - fits, 'more block')} that GitHub has no room for: see run.json.`].join('\n\n')}\n`
}
