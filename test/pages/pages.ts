import type { LoadedCheck } from '../../src/conformance/check.js'
import { spanOf } from '../../src/conformance/choose.js'
import type { Need } from '../../src/conformance/needs.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { requirement } from '../../src/protocol/catalogue.js'
import { levelOf, linkOf, type Requirement } from '../../src/protocol/requirement.js'
import type { Revision } from '../../src/protocol/revisions.js'
import { causesOf, causesPage } from './causes.js'
import { needWords, optionsFor } from './needs.js'
import { plain } from './plain.js'
import { suites } from './suites.js'

const written = '<!-- Written by npm run docs from the checks themselves: change those. -->'

/** All pages of docs/checks by file name. Throws where a suite or a need has no words. */
export async function pages(): Promise<Map<string, string>> {
  const checks = await loadChecks()
  const names = [...new Set(checks.map(({ suite }) => suite))]
  const files = new Map([
    ['README.md', index(checks, names)],
    ['causes.md', `${written}\n\n${causesPage()}`],
  ])
  for (const name of names)
    files.set(
      `${name}.md`,
      suitePage(
        name,
        checks.filter(({ suite }) => suite === name),
      ),
    )
  return files
}

function why(suite: string): string {
  const text = suites[suite]
  if (!text) throw new Error(`test/pages/suites.ts says nothing of the suite "${suite}"`)
  return text
}

function index(checks: readonly LoadedCheck[], names: readonly string[]): string {
  const rows = names.map((name) => {
    const own = checks.filter(({ suite }) => suite === name)
    return `| [${name}](${name}.md) | ${own.length} | ${why(name)} |`
  })
  return `${written}

# The checks

${checks.length} checks in ${names.length} suites. \`mcp-gauntlet explain <check-id>\` shows one of them in the terminal. A breach of a MUST fails the gate; one of a SHOULD,
and ADVICE on what breaks clients or deployments, warns, and fails with \`--strict\`.

| suite | checks | why it matters |
|---|---|---|
${rows.join('\n')}

What often lies behind a breach on real servers, and its cure per stack: [known causes](causes.md).
`
}

function suitePage(name: string, checks: readonly LoadedCheck[]): string {
  const causes = causesOf(name).map(({ id, cause }) => `- [${plain(cause)}](causes.md#${id})`)
  const behind =
    causes.length > 0 ? `\nWhat often lies behind a breach, with its cure per stack:\n\n${causes.join('\n')}\n` : ''
  return `${written}\n\n# ${name}\n\n${why(name)}\n${behind}\n${checks.map(section).join('\n')}`
}

/** One check. The heading is the end of its id, so that links can name it. */
function section(check: LoadedCheck): string {
  const { id, suite, title, needs = [], hint, slow } = check
  const row = requirement(check.requirement)
  const { first, last } = spanOf(check)
  const link = linkOf(row)
  const fields: [string, string | undefined][] = [
    ['Rule', `${plain(row.text)} (${row.level}, ${consequence(row)})`],
    ['Revisions', first === last ? first : `${first} to ${last}`],
    ['Source', `[${row.force === 'by-ref' ? 'by reference: ' : ''}${link.replace(/^https:\/\//, '')}](${link})`],
    ['Seen by', plain(row.how)],
    ['Needs', needs.length > 0 ? needs.map(needWords).join(', ') : 'nothing but the URL'],
    ['How to mend it', hint && plain(hint)],
    ['See it on your server', code(['check <url> --only', id, ...optionsFor(needs), ...(slow ? ['--slow'] : [])])],
    [
      'See it broken',
      `${code(['serve --fault', id, ...serverOf(first, needs)])} starts a server that breaks exactly this rule`,
    ],
  ]
  const lines = fields.flatMap(([key, text]) => (text ? [`- **${key}:** ${text}`] : []))
  return `## ${id.slice(suite.length + 1)}\n\n${plain(title)}.\n\n${lines.join('\n')}\n`
}

function consequence(row: Requirement): string {
  return levelOf(row) === 'MUST' ? 'a breach fails the gate' : 'a breach warns'
}

/** The mode and the kind of sign-in in which the reference server shows a rule. */
function serverOf(first: Revision, needs: readonly Need[]): string[] {
  const has = (need: Need) => needs.includes(need)
  const mode = has('legacy-sse')
    ? 'sse'
    : first === '2026-07-28'
      ? 'modern'
      : has('no-session')
        ? 'stateless'
        : undefined
  const auth = has('oauth') ? 'oauth' : has('auth') ? 'apikey' : undefined
  return [...(mode ? [`--mode ${mode}`] : []), ...(auth ? [`--auth ${auth}`] : [])]
}

function code(words: readonly string[]): string {
  return `\`mcp-gauntlet ${words.join(' ')}\``
}
