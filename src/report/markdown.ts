import { partName } from './assemble.js'
import { knownWords } from './baseline.js'
import { breachesOf } from './beyond-checks.js'
import { judgeComparison } from './comparison-verdict.js'
import { interval, subjects } from './comparison-words.js'
import { curlWithin } from './curl.js'
import { ms, percent, perSecond, plural, whole } from './figures.js'
import { loopWords, whatWasRun } from './load-shape.js'
import { carrying, totals } from './load-totals.js'
import { judgeLoad } from './load-verdict.js'
import { block, code, markdownTable, plain } from './markdown-text.js'
import { type Finding, type FindingGroup, findingGroups, reasonsOf } from './occurrences.js'
import { plainSections } from './plain-sections.js'
import type { Result, Run, Status } from './run.js'
import { tally } from './terminal.js'
import { actualText } from './threshold-text.js'

/** The report as GitHub's Markdown, for a comment or a page: the verdict first. */
export function renderMarkdown(run: Run): string {
  return `${markdownBlocks(run).join('\n\n')}\n`
}

const names: Record<Run['verdict']['name'], string> = {
  pass: 'Passed',
  fail: 'Failed',
  incomplete: 'Incomplete',
  unreachable: 'Not judged',
  interrupted: 'Interrupted',
}

/** The same in blocks, the most important first, so that whoever has little room can take the first ones. */
export function markdownBlocks(run: Run): string[] {
  return [
    `## ${names[run.verdict.name] ?? 'Run'}: ${plain(run.verdict.sentence, 2000)}`,
    [
      ...(run.results.length > 0 ? [tally(run.verdict.counts)] : []),
      `${(run.ms / 1000).toFixed(1)} s`,
      `mcp-gauntlet ${plain(run.tool.version)}`,
      ...(run.seed === undefined ? [] : [`seed ${plain(run.seed)}`]),
    ].join(' · '),
    ...breaches(run),
    ...findings(run, 'fail', 'Failed'),
    ...findings(run, 'error', 'Errors'),
    ...plainSections(run).flatMap(({ title, text }) => [`### ${title}`, block(text, 20_000)]),
    ...loads(run),
    ...comparisons(run),
    ...findings(run, 'warn', 'Warned'),
    ...known(run),
    ...untested(run),
    ...targets(run),
  ]
}

function breaches(run: Run): string[] {
  const found = breachesOf(run)
  return found.length === 0
    ? []
    : [found.map(({ where, message }) => `- **${plain(where)}**: ${plain(message)}`).join('\n')]
}

function findings(run: Run, status: Status, title: string): string[] {
  const groups = findingGroups(run, status)
  if (groups.length === 0) return []
  return [`### ${title} (${run.verdict.counts[status]})`, ...groups.flatMap((group) => groupBlocks(run, group))]
}

function groupBlocks(run: Run, { cause, findings }: FindingGroup): string[] {
  if (cause === undefined) return findings.map((finding) => findingBlock(run, finding))
  return [
    `#### ${plain(cause)} (behind ${plural(findings.length, 'check')})`,
    ...findings.map((finding) => findingBlock(run, finding)),
  ]
}

function findingBlock(run: Run, { id, occurrences }: Finding): string {
  const [{ result } = occurrences[0]!] = occurrences
  const { message, expected, actual, remedy } = result.outcome
  const places = occurrences.map(({ part, result }) =>
    [run.parts.length > 1 ? partName(run, part) : '', result.revision].filter(Boolean).join(' '),
  )
  const link = /^https?:\/\/[^\s()<>]+$/.test(result.link) ? ` ([source](${result.link}))` : ''
  const lines = [
    `**${plain(result.title)}** ${code(id)} · ${result.keyword}${places.some(Boolean) ? ` · ${plain(places.join(', '), 300)}` : ''}`,
    `- rule: ${plain(result.rule)}${link}`,
    message === undefined ? '' : `- found: ${plain(message)}`,
    expected === undefined ? '' : `- expected: ${code(expected)}`,
    actual === undefined ? '' : `- actual: ${code(actual)}`,
    remedy ? `- fix (${plain(remedy.layer)}): ${plain(remedy.fix)}` : '',
    result.hint ? `- hint: ${plain(result.hint)}` : '',
  ]
  return [...lines.filter(Boolean), ...evidence(result)].join('\n')
}

function evidence({ exchanges }: Result): string[] {
  const last = exchanges.at(-1)
  if (!last) return []
  const { response, error } = last
  const answer = response
    ? `HTTP ${response.status}\n${response.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${response.body}`
    : `no answer: ${error?.message ?? 'nothing came'}`
  return [
    '',
    '<details><summary>curl and answer</summary>',
    '',
    block(curlWithin(last, 4000)),
    '',
    block(answer),
    '',
    '</details>',
  ]
}

function loads(run: Run): string[] {
  if (run.loads.length === 0) return []
  const rows = run.loads.map((load) => {
    const { good, failed } = totals(load)
    const latency = carrying(load)[0]?.[1].latency
    const times = latency ? [latency.p50, latency.p95, latency.p99, latency.max].map(ms) : ['–', '–', '–', '–']
    return [
      plain(load.target.name ?? load.target.url),
      perSecond(load.seconds > 0 ? good / load.seconds : 0),
      percent(failed, good + failed),
      ...times,
    ]
  })
  const each = run.loads.map((load) => {
    const { sentence } = judgeLoad(load)
    const thresholds = load.thresholds.map(
      (one) => `- ${one.held ? 'held' : '**broken**'} ${code(one.text)} ${plain(actualText(one))}`,
    )
    return [
      `**${plain(load.target.name ?? load.target.url)}** ${plain(whatWasRun(load))}`,
      plain(sentence),
      ...thresholds,
    ].join('\n\n')
  })
  return [
    '### Load',
    markdownTable(['Target', 'good/s', 'failed', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'], rows, true),
    ...each,
  ]
}

function comparisons({ comparisons = [] }: Run): string[] {
  return comparisons.flatMap((comparison) => {
    const who = subjects(comparison)
    const tables = comparison.trials.flatMap((trial) => {
      const rows = trial.values.flatMap((one) =>
        one.ratios.flatMap((ratio, at) =>
          ratio
            ? [
                [
                  `${one.metric} of ${plain(who[at]!)}`,
                  ratio.ratio.toFixed(2),
                  interval(ratio),
                  ratio.shown ? 'shown' : 'not shown',
                ],
              ]
            : [],
        ),
      )
      if (rows.length === 0) return []
      return [
        `${trial.leaves ? 'Sessions left open' : loopWords(trial)}, ${plural(trial.rounds, 'round')}; times as much as ${plain(who[0]!)}:`,
        markdownTable(['', 'ratio', '95 % interval', 'difference'], rows, true),
      ]
    })
    return ['### Comparison', plain(judgeComparison(comparison).sentence, 1000), ...tables]
  })
}

function known(run: Run): string[] {
  const rows = run.results.flatMap(({ id, known }) => (known ? [[code(id), plain(knownWords(known))]] : []))
  return rows.length > 0 ? ['### Known failures', markdownTable(['Check', 'Reason'], rows)] : []
}

function untested(run: Run): string[] {
  const reasons = reasonsOf(run, 'not-testable')
  if (reasons.length === 0) return []
  const lines = reasons.map(
    ({ reason, ids }) =>
      `- ${plain(reason)}: ${ids.length > 3 ? plural(ids.length, 'check') : ids.map((id) => code(id)).join(', ')}`,
  )
  return [`### Not testable (${whole(run.verdict.counts['not-testable'])})`, lines.join('\n')]
}

function targets(run: Run): string[] {
  const rows = run.parts.map((part) => {
    const { facts, url, obstacle } = part.target
    return [plain(partName(run, part)), code(url), plain(obstacle?.message ?? facts?.revisions.join(', ') ?? '')]
  })
  return rows.length > 0 ? ['### Targets', markdownTable(['Target', 'URL', 'Revisions'], rows)] : []
}
