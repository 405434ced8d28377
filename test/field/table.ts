import { type Found, leftOut, rows } from './rows.js'

function words(found: Found): string {
  if ('doctor' in found) return `doctor stops at ${found.doctor}${found.print ? ` (${found.print})` : ''}`
  if ('note' in found) return `doctor notes it at ${found.note}`
  return 'check' in found ? `\`${found.check}\`` : `\`${found.recorded}\``
}

/** docs/field-failures.md, from the table. */
export function fieldPage(): string {
  const found = rows.map(({ row, symptom, found, server }) => `| ${row} | ${symptom} | ${words(found)} | ${server} |`)
  const left = leftOut.map(({ row, symptom, why }) => `| ${row} | ${symptom} | ${why} |`)
  return `# What breaks in the field, and what finds it

Sixty kinds of failure were collected from issues of SDKs, gateways and servers. ${rows.length} of them are found by \`npm run test:field\` on a
server that really has them, and nothing of the kind is reported on servers that have not. This page is written by the test
(\`npx vitest run --config vitest.field.config.ts --update\`).

| # | what people see | what finds it | seen on |
|---|---|---|---|
${found.join('\n')}

## Not shown here

| # | what people see | why, and what looks at it |
|---|---|---|
${left.join('\n')}
`
}
