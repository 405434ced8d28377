import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Outcome } from '../cli/cli.js'
import { startTrap, type Trap } from '../hostile/trap.js'
import { spellings } from './echo.js'

/** A secret that nobody has had before, with characters that every encoding changes. */
export const fresh = (route: string) => `${route.replace(/\W+/g, '-')}/+"secret"${randomBytes(9).toString('base64')}`

/** Reports in every format that goes to a file. */
export const reports = ['json', 'junit', 'html', 'sarif', 'markdown', 'github'].flatMap((format) => [
  '--report',
  `${format}=out.${format}`,
])

/** Everything that a call of the program left behind. */
export function outputs({ stdout, stderr }: Outcome, folder: string, given: string[] = []): [string, string][] {
  const files = readdirSync(folder).filter((file) => !given.includes(file))
  return [
    ['stdout', stdout],
    ['stderr', stderr],
    ...files.map((file): [string, string] => [file, readFileSync(join(folder, file), 'utf8')]),
  ]
}

/** The places in which a secret, a spelling of it or a half of it stands. */
export function leaks(places: [string, string][], secrets: string[]): string[] {
  return places.flatMap(([place, text]) =>
    secrets.flatMap((secret) => {
      const halves = [secret.slice(0, secret.length / 2), secret.slice(secret.length / 2)]
      return [...spellings(secret), ...halves].filter((one) => text.includes(one)).map((one) => `${place}: ${one}`)
    }),
  )
}

/** A neighbour on another origin, for the running test. */
export async function neighbourOf(secret: string): Promise<Trap> {
  const trap = await startTrap(secret)
  onTestFinished(() => trap.close())
  return trap
}
