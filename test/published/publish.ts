/* Writes the reference server's own reports: npm run reports [mode...]. A folder per mode below reports/, the same from run to run. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assessAll } from '../../src/commands/check.js'
import type { Terminal } from '../../src/commands/terminal.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { resolveTarget } from '../../src/target/resolve.js'
import { folder, modes } from './modes.js'
import { steady, text } from './steady.js'

const terminal: Terminal = {
  out: (words) => void process.stdout.write(words),
  err: (words) => void process.stderr.write(words),
  columns: 80,
  color: false,
  live: false,
  env: {},
  cwd: process.cwd(),
  signal: new AbortController().signal,
}
const wanted = process.argv.slice(2)
const checks = (await loadChecks()).filter((check) => !check.slow)
let broken = 0
for (const [mode, names] of Object.entries(modes)) {
  if (wanted.length > 0 && !wanted.includes(mode)) continue
  const targets = await Promise.all(names.map((name) => resolveTarget(name)))
  const parts = await assessAll(targets, checks, {}, { signal: terminal.signal }, { terminal, quiet: false })
  const run = steady(parts)
  const { fail, warn, error } = run.verdict.counts
  broken += fail + warn + error
  mkdirSync(join(folder, mode), { recursive: true })
  writeFileSync(join(folder, mode, 'run.json'), text(run))
  writeFileSync(join(folder, mode, 'report.md'), renderMarkdown(run))
  console.log(`reports/${mode}: ${run.verdict.sentence}`)
}
process.exitCode = broken > 0 ? 1 : 0
