import type { FailureExample } from '../report/load.js'
import type { Redactor } from '../wire/redact.js'
import type { Reply } from './engine.js'

const longest = 4000

/** The first failure of a kind as reports show it: bounded, secrets redacted. */
export function exampleOf(
  redact: Redactor,
  message: string,
  request: Buffer,
  reply: Reply | undefined,
): Omit<FailureExample, 'second'> {
  return {
    message: redact.text(message),
    ...(request.length === 0 ? {} : { request: bounded(redact.text(request.toString())) }),
    ...(reply ? { status: reply.status, response: bounded(redact.text(responseText(reply))) } : {}),
  }
}

function responseText({ status, headers, body }: Reply): string {
  const fields = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []))
  return [`HTTP/1.1 ${status}`, ...fields, '', body.toString()].join('\r\n')
}

function bounded(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
}
