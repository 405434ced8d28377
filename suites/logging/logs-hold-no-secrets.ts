import { defineCheck, everyLog, innermostTexts } from '../../src/conformance/check.js'
import { advise, expect, notTestable } from '../../src/conformance/expect.js'

const secrets: Record<string, RegExp> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY/,
  'a bearer token': /\bBearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{12,}/i,
  'a signed token': /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]+/,
  'an access key': /\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}|sk-[\w-]{16,}|xox[abp]-[\w-]{10,})/,
  'a password':
    /\b(password|passwd|pwd|secret|api[_-]?key|access[_-]?token|client[_-]?secret)(\\?["']\s*:\s*\\?["'](?!\[?redacted|none|null)[^"'*\\]{3,}|\s*[:=]\s*(?=\S*\d)[^\s"',}*]{4,})/i,
  'a password in a URL': /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s:/@*]+@/i,
  'a stack trace': /\n\s+at .{1,300}:\d+:\d+\)?|Traceback \(most recent call last\)|\n\s*File "[^"\n]+", line \d+/,
  'a path of the machine': /(^|[\s"'(=:])(\/home\/[\w.-]+\/|\/Users\/[\w.-]+\/|\/root\/|[A-Z]:\\Users\\)/,
  'an e-mail address': /\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b/i,
}

export default defineCheck({
  title: 'Log messages hold no credentials, no personal data and nothing of the inside of the machine',
  requirement: 'logging-no-secrets',
  needs: ['capability:logging'],
  hint: 'Log what happened, not what was sent: no headers, no arguments, no exceptions with their stack.',
  async run(client) {
    const logs = await everyLog(client)
    if (logs.length === 0) notTestable('no log message was seen: name a tool that logs')
    const tokens = [client.given.credential?.token, client.given.second?.token].filter((token) => token !== undefined)
    const told = client.tools.flatMap((tool) => innermostTexts(tool.arguments)).filter((text) => text.length > 3)
    for (const { params } of logs) {
      const whole = `${innermostTexts(params?.data).join('\n')}\n${JSON.stringify(params?.data)}`
      // What the operator's own arguments say is no secret of the server.
      const text = told.reduce((rest, one) => rest.replaceAll(one, ''), whole)
      expect(
        !tokens.some((token) => whole.includes(token)),
        'a log message holds the token of the request',
        'no credentials',
        'the token',
      )
      const found = Object.entries(secrets).find(([, pattern]) => pattern.test(text))
      advise(!found, `a log message holds what looks like ${found?.[0]}`, 'nothing of the kind', params)
    }
  },
  fault: {
    message(message) {
      if (message.method !== 'notifications/message') return undefined
      return {
        ...message,
        params: { ...message.params, data: { note: 'connecting', url: 'postgres://admin:hunter2@db/prod' } },
      }
    },
  },
})
