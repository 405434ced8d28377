import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import findings from '../interop/findings.json' with { type: 'json' }
import { judgements } from '../interop/judgements.js'
import { interopPage } from '../interop/page.js'
import { interopServers } from '../interop/servers.js'

const failing = new Set(Object.values(findings).flatMap(({ fail }) => fail as string[]))

it('every failure of a real server is judged in words, and no judgement is left over', () => {
  expect(Object.keys(judgements).sort()).toEqual([...failing].sort())
})

it('docs/interop.md is what npm run docs:interop writes', () => {
  const packages = Object.fromEntries(interopServers.map((server) => [server.name, server.package]))
  const page = readFileSync(new URL('../../docs/interop.md', import.meta.url), 'utf8')
  expect(page).toBe(interopPage(findings, packages))
})
