import { UsageError } from '../../usage-error.js'
import { isCredential } from '../../wire/headers.js'
import { redactor } from '../../wire/redact.js'
import type { LoadPlan } from '../plan.js'

/** A secret and the environment variable that a script reads it from. */
export interface ScriptCredential {
  name: string
  value: string
}

/**
 * The secrets of a plan and the variables they are read from: `tokenEnv` for the bearer token, where it has a name already. A URL that holds one
 * is read as a whole.
 */
export function credentialsOf({ url, headers, secrets }: LoadPlan, tokenEnv: string | undefined): ScriptCredential[] {
  const found: ScriptCredential[] = []
  const add = (value: string, wanted: string) => {
    if (value === '' || found.some((one) => one.value === value)) return
    const taken = found.filter(({ name }) => name === wanted || name.startsWith(`${wanted}_`)).length
    found.push({ name: taken > 0 ? `${wanted}_${taken + 1}` : wanted, value })
  }
  if (redactor(secrets).text(url) !== url) add(url, 'MCP_URL')
  for (const [name, value] of headers) {
    const within = secrets.filter((secret) => secret !== '' && value.includes(secret))
    const bearer = name.toLowerCase() === 'authorization'
    const variable = bearer ? (tokenEnv ?? 'MCP_TOKEN') : `MCP_${name.replaceAll(/\W/g, '_').toUpperCase()}`
    for (const secret of within) add(secret, variable)
    if (within.length === 0 && isCredential(name)) add(value, variable)
  }
  secrets.forEach((secret) => {
    if (!url.includes(secret)) add(secret, 'MCP_SECRET')
  })
  return found
}

/** A value with every secret in it replaced by its variable, for a script. Throws a UsageError where one would stay, in another spelling. */
export function withVariables<Value>(
  value: Value,
  credentials: readonly ScriptCredential[],
  secrets: readonly string[],
): Value {
  // The longest first: one may hold another.
  const ordered = credentials.toSorted((one, other) => other.value.length - one.value.length)
  const text = (whole: string) =>
    ordered.reduce((rest, { name, value: secret }) => {
      const ref = `\${__ENV.${name}}`
      return rest.replaceAll(secret, ref).replaceAll(JSON.stringify(secret).slice(1, -1), ref)
    }, whole)
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one)
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, walk(member)]))
  }
  const changed = walk(value) as Value
  const { value: redacted } = redactor(secrets.filter((secret) => secret.length >= 8))
  if (JSON.stringify(redacted(changed)) !== JSON.stringify(changed))
    throw new UsageError(
      'the script would hold a credential in another spelling, in its URL or in the arguments of a tool; take it out of there',
    )
  return changed
}
