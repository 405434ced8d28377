import { amounts, figureWords, ratioWords, tellingFigures } from '../report/change-words.js'
import { oneLine } from '../report/clean.js'
import type { CheckChange } from './checks.js'
import type { RunDiff } from './diff.js'
import { factWords, kinds, stepWords } from './words.js'

/** What changed, as Markdown for pull requests. */
export function renderMarkdownDiff(diff: RunDiff): string {
  const blocks = [
    `## mcp-gauntlet diff: ${diff.worse ? 'worse' : 'not worse'}`,
    cell(diff.sentence),
    ...kinds.flatMap(([kind, title]) => {
      const found = diff.checks.filter((one) => one.kind === kind)
      return found.length > 0 ? [`### ${title}`, checkTable(found)] : []
    }),
    ...(diff.facts.length > 0
      ? [
          '### What is known of the server',
          rows(
            ['target', 'fact', 'before', 'after'],
            diff.facts.map(({ target, fact, before, after }) => [target, fact, factWords(before), factWords(after)]),
          ),
        ]
      : []),
    ...diff.loads.flatMap(({ name, figures, caveat }) => [
      `### Load ${cell(name)}`,
      ...(figures.length > 0
        ? [
            rows(
              ['phase', 'figure', 'before', 'after', 'ratio', '95 % interval', ''],
              tellingFigures(figures).map((one) => [
                one.phase,
                one.figure,
                figureWords(one.figure, one.before),
                figureWords(one.figure, one.after),
                ...ratioWords(one),
                amounts[one.change],
              ]),
            ),
          ]
        : []),
      ...(caveat ? [cell(caveat)] : []),
    ]),
  ]
  return `${blocks.join('\n\n')}\n`
}

function checkTable(changes: readonly CheckChange[]): string {
  const several = changes.some(({ target }) => target !== undefined)
  return rows(
    ['check', 'revision', ...(several ? ['target'] : []), 'change', 'found'],
    changes.map((one) => [
      one.id,
      one.revision ?? '',
      ...(several ? [one.target ?? ''] : []),
      stepWords(one),
      one.kind === 'mended' ? '' : (one.message ?? ''),
    ]),
  )
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...body.map(line)].join('\n')
}

/** Text from a server in a cell: one line, and nothing in it is markup or mentions anybody. */
function cell(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#|~!]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replace(/https?:\/\//g, (scheme) => scheme.replace(':', '&#58;'))
}
