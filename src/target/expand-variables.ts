import { UsageError } from '../usage-error.js'

/** A text with its variables put in, and what each of them was. */
export interface Expanded {
  text: string
  values: [name: string, value: string][]
}

/**
 * Puts environment variables in: `${NAME}`, `${NAME:-default}` (where NAME is unset or empty) and `${env:NAME}`, as Claude Code, Cursor and
 * VS Code write them; `$NAME` stays as it is. Throws a UsageError with the place `at` for a variable that is not set and has no default.
 */
export function expandVariables(text: string, env: Record<string, string | undefined>, at: string): Expanded {
  const values: Expanded['values'] = []
  const expanded = text.replace(/\$\{([^}]*)\}/g, (all, inside: string) => {
    const [, name, fallback] = /^(?:env:)?([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inside) ?? []
    if (!name)
      throw new UsageError(
        `${at}: ${all} cannot be put in here; write \${NAME} or \${NAME:-default} with a variable of the environment`,
      )
    const value = env[name] || fallback || env[name]
    if (value === undefined && fallback === undefined)
      throw new UsageError(`${at}: the environment variable ${name} is not set`)
    values.push([name, value ?? ''])
    return value ?? ''
  })
  return { text: expanded, values }
}
