import { createHash } from 'node:crypto'
import { partName, resultsOf } from './assemble.js'
import { knownWords } from './baseline.js'
import { type Breach, breachesOf, breachRules } from './beyond-checks.js'
import { oneLine, plainJson } from './clean.js'
import { curlWithin } from './curl.js'
import { reasonsOf } from './occurrences.js'
import { pageOf } from './page-of.js'
import type { Part, Result, Run } from './run.js'

/** What GitHub takes of one run; what is beyond it is told in a notification. */
const most = 25_000

/** Rules that guard what others must not reach: only they carry a severity of security. */
const guarding = new Set(['auth', 'security', 'isolation'])

/**
 * SARIF 2.1.0, for code scanning: a result per failure and warning, known failures suppressed with their reason, everything else that a reader
 * must know as a notification. A server has no source file: results point at an artifact named after it.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export function renderSarif(run: Run): string {
  const found = run.parts.flatMap((part) =>
    resultsOf(run, part)
      .filter(({ outcome: { status } }) => ['fail', 'warn', 'known'].includes(status))
      .map((result) => ({ part, result })),
  )
  const breaches = breachesOf(run)
  const checks = [...new Map(found.map(({ result }) => [result.id, result])).values()]
  const others = [...new Set(breaches.map(({ rule }) => rule))]
  const rules = [...checks.map(ruleOf), ...others.map((id) => plainRule(id))]
  const at = new Map(rules.map(({ id }, index) => [id, index]))
  const results = [
    ...breaches.map((breach) => breachOf(breach, at.get(breach.rule)!)),
    ...found.map(({ part, result }) => resultOf(run, part, result, at.get(result.id)!)),
  ]
  const driver = {
    name: 'mcp-gauntlet',
    semanticVersion: run.tool.version,
    rules,
  }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        automationDetails: { id: 'mcp-gauntlet/' },
        columnKind: 'utf16CodeUnits',
        ...(run.seed === undefined ? {} : { properties: { seed: run.seed } }),
        invocations: [
          {
            executionSuccessful: !['unreachable', 'interrupted'].includes(run.verdict.name),
            exitCode: run.verdict.exitCode,
            startTimeUtc: run.startedAt,
            toolExecutionNotifications: notifications(run, results.length),
          },
        ],
        results: results.slice(0, most),
      },
    ],
  }
  return `${plainJson(log)}\n`
}

function ruleOf(result: Result) {
  const suite = result.id.split('/')[0]!
  const severity = result.level === 'MUST' ? '7.5' : '4.0'
  return {
    id: result.id,
    name: result.id.replace(/(^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: said(result.title, 300) },
    fullDescription: { text: said(result.rule, 1000) },
    ...(/^https?:\/\//.test(result.link) ? { helpUri: result.link } : {}),
    help: { text: `${said(result.hint ?? result.rule, 2000)} See ${pageOf(result.id)} of mcp-gauntlet.` },
    defaultConfiguration: { level: result.level === 'MUST' ? 'error' : 'warning' },
    properties: {
      tags: ['mcp', suite, result.keyword, ...(guarding.has(suite) ? ['security'] : [])],
      precision: 'very-high',
      ...(guarding.has(suite) ? { 'security-severity': severity } : {}),
    },
  }
}

function plainRule(id: Breach['rule']) {
  const text = breachRules[id]
  return {
    id,
    name: id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['mcp', id.split('/')[0]!] },
  }
}

function resultOf(run: Run, part: Part, result: Result, ruleIndex: number) {
  const { status } = result.outcome
  const failed = status === 'fail' || result.known?.was === 'fail' || run.gate.strict
  const where = partName(run, part)
  return {
    ruleId: result.id,
    ruleIndex,
    level: failed ? 'error' : 'warning',
    message: { text: messageOf(result) },
    locations: [locationOf(where, result.id)],
    partialFingerprints: { 'gauntletCheck/v1': fingerprint(result.id, where, result.revision ?? '') },
    ...(result.known && status === 'known'
      ? {
          suppressions: [{ kind: 'external', status: 'accepted', justification: said(knownWords(result.known), 1000) }],
        }
      : {}),
    properties: { target: oneLine(where), ...(result.revision ? { revision: result.revision } : {}), status },
  }
}

function breachOf({ rule, where, message }: Breach, ruleIndex: number) {
  return {
    ruleId: rule,
    ruleIndex,
    level: 'error',
    message: { text: said(message, 2000) },
    locations: [locationOf(where, rule)],
    partialFingerprints: { 'gauntletCheck/v1': fingerprint(rule, where, message.split(' is broken')[0]!) },
  }
}

function messageOf({ rule, outcome, hint, exchanges }: Result): string {
  const last = exchanges.at(-1)
  const lines = [
    `${said(outcome.message ?? rule, 1000)}`,
    `Rule: ${said(rule, 1000)}`,
    outcome.expected === undefined ? '' : `Expected: ${said(outcome.expected, 1000)}`,
    outcome.actual === undefined ? '' : `Actual: ${said(outcome.actual, 1000)}`,
    outcome.remedy ? `Fix (${outcome.remedy.layer}): ${said(outcome.remedy.fix, 1000)}` : '',
    hint ? `Hint: ${said(hint, 1000)}` : '',
    last ? said(curlWithin(last, 4000), 4000) : '',
  ]
  return lines.filter(Boolean).join('\n')
}

/** Text in one line, in which nothing can become a link of a SARIF message. */
function said(value: unknown, length: number): string {
  return oneLine(value, length).replaceAll('](', '] (') || '-'
}

function locationOf(where: string, id: string) {
  const name = where
    .replace(/^https?:\/\//, '')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 100)
  return {
    physicalLocation: { artifactLocation: { uri: `mcp-server/${name || 'target'}` }, region: { startLine: 1 } },
    logicalLocations: [{ fullyQualifiedName: oneLine(`${where} ${id}`), kind: 'member' }],
  }
}

/** The same from run to run: of servers on this machine the port, which differs each time, does not count. */
function fingerprint(...parts: string[]): string {
  const stable = parts.map((part) => part.replace(/((?:127\.0\.0\.1|localhost|\[::1\])):\d+/g, '$1'))
  return createHash('sha256').update(JSON.stringify(stable)).digest('hex').slice(0, 32)
}

function notifications(run: Run, count: number) {
  const note = (level: string, text: string) => ({ level, message: { text: said(text, 2000) } })
  return [
    note(run.verdict.exitCode === 0 ? 'note' : 'error', run.verdict.sentence),
    ...(count > most ? [note('warning', `${count - most} further results were left out: see run.json.`)] : []),
    ...reasonsOf(run, 'error').map(({ reason, ids }) => note('error', `${ids.join(', ')}: ${reason}`)),
    ...reasonsOf(run, 'not-testable').map(({ reason, ids }) =>
      note('note', `Not testable (${ids.join(', ')}): ${reason}`),
    ),
  ]
}
