import { defineCheck, everyUrl, sendsToUrl } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The URL that the user is sent to is a valid URL',
  requirement: 'elicitation-url-valid',
  needs: ['tool'],
  hint: 'An absolute URL with its scheme and host: a path alone leads nowhere from the client.',
  async run(client) {
    for (const { url, what } of await everyUrl(client)) {
      const valid = URL.canParse(String(url)) && !/[\s<>"{}|\\^`]/.test(String(url))
      expect(valid, `${what} has no valid URL`, 'an absolute URL', url)
    }
  },
  fault: sendsToUrl({ url: '/enter?step=1' }),
})
