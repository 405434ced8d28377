import { type BaselineEntry, check, type Load, load, type Run, UsageError } from 'mcp-gauntlet'
import schema from 'mcp-gauntlet/config.schema.json' with { type: 'json' }
import config from './mcp-gauntlet.config.js'

/** Fails loudly, so that the exit code tells. */
function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(what)
}

const run: Run = await check('reference:stateful', { suites: ['initialize', 'session'], strict: true })
hold(run.verdict.exitCode === 0, run.verdict.sentence)
hold(run.results.length > 20, 'too few results')

const loaded = await load('reference:stateless', 'steady', { duration: '1s', connections: 2, method: 'tools/list' })
const [one]: Load[] = loaded.loads
hold((one?.phases['tools/list']?.count ?? 0) > 10, loaded.verdict.sentence)

const dead = await check('http://127.0.0.1:1/mcp')
hold(dead.verdict.exitCode === 4, 'a dead port is no error of the program')

const refused = await check('reference:stateful', { suites: ['sesion'] }).catch((error: unknown) => error)
hold(refused instanceof UsageError && /no check matches "sesion"/.test(refused.message), String(refused))

// @ts-expect-error: a slip in a key is found by the compiler
await check('reference:stateful', { suite: ['session'] }).catch(() => {})

const entries: BaselineEntry[] = run.baseline?.entries ?? []
hold(entries.length === 0 && config.url === 'reference:stateless', 'the config is typed and read')
hold('properties' in schema, 'the schema is there')
