import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'
import { loadChecks } from '../../src/conformance/registry.js'
import type { Run } from '../../src/report/run.js'
import { tookEffect } from './took-effect.js'
import type { Watched } from './watched.js'

/** What went wrong in one call of the program. */
export interface Trouble {
  kind: 'hangs' | 'crashes' | 'leaks'
  what: string
}

/** The most memory that `check` may hold, in MB. */
const mostMb = 300

const schema = JSON.parse(readFileSync('src/report/run.schema.json', 'utf8'))
const ajv = new Ajv2020({ strict: false })
;(formatsPlugin as unknown as (to: Ajv2020) => void)(ajv)
const valid = ajv.compile(schema)
const selected = (await loadChecks()).filter((check) => !check.slow).map(({ id }) => id)

/** Judges one call: by how it ended, what it wrote, and what a neighbour saw of the secret. */
export function judge(
  command: string,
  { code, ms, peakMb, stdout, stderr }: Watched,
  files: Record<string, string>,
  secret: string,
  caught: number,
): Trouble[] {
  if (code === null) return [{ kind: 'hangs', what: `killed after ${Math.round(ms)} ms` }]
  const found: Trouble[] = []
  const crash = (what: string) => found.push({ kind: 'crashes', what })
  const refused = code === 2 && isRefusal(command, stderr)
  if (![0, 1, 3, 4].includes(code) && !refused) crash(`exit ${code}: ${stderr.trim().slice(-600)}`)
  if (command === 'check' && peakMb > mostMb) crash(`${Math.round(peakMb)} MB of memory`)
  if (files['run.json'] !== undefined) for (const what of wrongIn(command, files['run.json'])) crash(what)
  else if (!refused) crash('no run.json')
  if (/\n\s+at .*(node:|file:|\.js:)/.test(stderr)) crash(`a stack on stderr: ${stderr.slice(0, 600)}`)
  const places = { stdout, stderr, ...files }
  for (const [place, text] of Object.entries(places)) for (const what of tookEffect(place, text)) crash(what)
  for (const [place, text] of Object.entries(places))
    if (spellings(secret).some((one) => text.includes(one)))
      found.push({ kind: 'leaks', what: `the token is in ${place}` })
  if (caught > 0) found.push({ kind: 'leaks', what: `the token reached another origin in ${caught} requests` })
  return found
}

/** A load whose tool the server refuses before it begins is the user's to mend, and said in one line. */
function isRefusal(command: string, stderr: string): boolean {
  return command === 'load' && /^mcp-gauntlet: --tool echo: tried before the load, it failed: [^\n]+\n$/.test(stderr)
}

function wrongIn(command: string, text: string): string[] {
  const run: Run = JSON.parse(text)
  if (!valid(run)) return [`run.json does not fit its schema: ${ajv.errorsText(valid.errors).slice(0, 300)}`]
  if (command !== 'check') return []
  const ids = new Set(run.results.map(({ id }) => id))
  const facts = run.parts.some(({ target }) => target.facts && !target.obstacle)
  const missing = facts ? selected.filter((id) => !ids.has(id)) : []
  const errors = run.results.filter(({ outcome }) => outcome.message?.startsWith('the check itself broke'))
  return [
    ...missing.slice(0, 1).map((id) => `${missing.length} checks without a result, such as ${id}`),
    ...errors.slice(0, 3).map(({ id, outcome }) => `${id} ended as error: ${outcome.message?.slice(0, 300)}`),
  ]
}

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), encodeURIComponent(secret)]
}
