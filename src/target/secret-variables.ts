import { isCredential } from '../wire/headers.js'

/** True for the name of a variable that holds a secret. */
export function isSecretName(name: string): boolean {
  return isCredential(name) || /(^|_)(key|pat|pass|pwd|dsn)$/i.test(name)
}

/** The values of variables whose names say that they are secret. */
export function secretsIn(env: Record<string, string> = {}): string[] {
  return Object.entries(env)
    .filter(([name]) => isSecretName(name))
    .map(([, value]) => value)
}
