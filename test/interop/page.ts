import { judgements } from './judgements.js'

/** What findings.json holds of one server. */
interface Found {
  fail: string[]
  warn: string[]
  sometimes: string[]
}

/** docs/interop.md: what each check finds on which real server, and why that is right. Written by `npm run docs:interop`. */
export function interopPage(findings: Record<string, Found>, packages: Record<string, string>): string {
  const names = Object.keys(findings).sort()
  const failing = [...new Set(names.flatMap((name) => findings[name]!.fail))].sort()
  const on = (id: string) => names.filter((name) => findings[name]!.fail.includes(id))
  const row = (name: string) => {
    const { fail, warn, sometimes } = findings[name]!
    return `| ${name} | ${packages[name] ?? ''} | ${fail.length} | ${warn.length} | ${sometimes.map((id) => `\`${id}\``).join(', ')} |`
  }
  return [
    '# Real servers and what they break',
    '',
    '`npm run test:interop` starts each of these servers from its registry and holds it to the findings recorded in `test/interop/findings.json`.',
    'A difference counts when three runs in a row show it. What depends on the moment, as a race in the server, is named in the last column and is not held.',
    '',
    '| server | package | failed | warned | depends on the moment |',
    '|---|---|---|---|---|',
    ...names.map(row),
    '',
    '## Every failure, judged',
    '',
    'Each broken MUST was read, in the exchange that shows it, against the text of the spec.',
    '',
    ...failing.flatMap((id) => [`- **${id}** (${on(id).join(', ')}): ${judgements[id] ?? 'not judged'}`]),
    '',
  ].join('\n')
}
