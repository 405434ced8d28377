import type { ScriptRequest } from '../script-plan.js'
import { plan } from './plan.js'

const { credentials } = plan

/** Stops the run with one line where a credential is not in the environment. */
export function needCredentials(): void {
  const missing = credentials.filter((name) => !__ENV[name])
  if (missing.length > 0)
    throw new Error(`give the credentials that requests carry: k6 run -e ${missing.join('=… -e ')}=…`)
}

/** A text with its credentials in place. */
export function filled(text: string): string {
  return credentials.reduce((whole, name) => whole.replaceAll(`\${__ENV.${name}}`, __ENV[name] ?? ''), text)
}

/** The same for all texts of a request. */
export function filledRequest<Request extends ScriptRequest>(request: Request): Request {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? filled(value) : value.map(filled),
  ])
  return { ...request, headers: Object.fromEntries(headers), body: request.body.map(filled) }
}

/** A text without any credential, for what is printed. */
export function withoutCredentials(text: string): string {
  return credentials.reduce((rest, name) => rest.replaceAll(__ENV[name] || '\0', '[redacted]'), text)
}
