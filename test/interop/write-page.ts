import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interopPage } from './page.js'
import { interopServers } from './servers.js'

const root = process.cwd()
const findings = JSON.parse(readFileSync(join(root, 'test/interop/findings.json'), 'utf8'))
const packages = Object.fromEntries(interopServers.map((server) => [server.name, server.package]))
writeFileSync(join(root, 'docs/interop.md'), interopPage(findings, packages))
