import { loadChecks } from '../conformance/registry.js'
import { requirement } from '../protocol/catalogue.js'
import { linkOf } from '../protocol/requirement.js'
import { pageOf } from '../report/page-of.js'
import { wrap } from '../report/wrap.js'
import { UsageError } from '../usage-error.js'
import type { Terminal } from './terminal.js'

/** `mcp-gauntlet explain <check-id>`: one check with its rule, where it stands, what it needs, and how to mend a breach. */
export async function explainCommand(id: string, terminal: Terminal): Promise<number> {
  const checks = await loadChecks()
  const check = checks.find((one) => one.id === id)
  if (!check) {
    const near = checks.filter((one) => one.id.includes(id) || one.requirement === id).map((one) => one.id)
    throw new UsageError(
      `there is no check "${id}"; ${near.length > 0 ? `near it: ${near.slice(0, 5).join(', ')}` : 'mcp-gauntlet list shows every id'}`,
    )
  }
  const row = requirement(check.requirement)
  const field = (name: string, text: string) =>
    wrap(text, Math.min(terminal.columns, 100), '', `  ${name.padEnd(10)}`, '            ')
  const span = row.first === row.last ? row.first : `${row.first} to ${row.last}`
  const lines = [
    check.id,
    ...field('title', check.title),
    ...field('rule', `${row.text} (${row.level}, ${span})`),
    ...field('source', linkOf(row)),
    ...field('seen by', row.how),
    ...field('needs', check.needs?.join(', ') || 'nothing but the URL'),
    ...field('fault', `mcp-gauntlet serve --fault ${check.id} starts the reference server with this rule broken`),
    ...(check.hint ? field('mend', check.hint) : []),
    ...field('page', `${pageOf(check.id)} in this package`),
  ]
  terminal.out(`${lines.join('\n')}\n`)
  return 0
}
