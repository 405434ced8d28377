import { defineCheck, everyUrl, isLoopback, sendsToUrl } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The URL that the user is sent to is on https',
  requirement: 'elicitation-url-https',
  needs: ['tool'],
  hint: 'Other schemes are for development, on this machine.',
  async run(client) {
    for (const { url, what } of await everyUrl(client)) {
      const fine = !URL.canParse(String(url)) || new URL(String(url)).protocol === 'https:' || isLoopback(String(url))
      expect(fine, `${what} is not on https`, 'https', url)
    }
  },
  fault: sendsToUrl({ url: 'http://weather.example/enter' }),
})
