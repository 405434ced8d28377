import { defineCheck, everyUrl, sendsToUrl } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

const personal = /[\w.+-]+@[\w-]+\.\w{2,}|[?&#;](e-?mail|password|passwd|access_token|api_?key|ssn|phone)=[^&]/i

export default defineCheck({
  title: 'The URL that the user is sent to holds no credentials and nothing personal',
  requirement: 'elicitation-url-no-user-data',
  needs: ['tool'],
  hint: 'URLs end up in histories and logs: put a random id into it, and keep the rest on the server.',
  async run(client) {
    const { credential } = client.given
    for (const { url, what } of await everyUrl(client)) {
      const text = decodeURIComponent(String(url).replace(/%(?![0-9a-f]{2})/gi, '%25'))
      expect(!credential || !text.includes(credential.token), `the URL of ${what} holds the token of the client`)
      const parsed = URL.canParse(String(url)) ? new URL(String(url)) : undefined
      expect(!parsed?.password && !personal.test(text), `the URL of ${what} holds what is private`, 'an opaque id', url)
      // A token of that form may be a signed state.
      advise(!/\beyJ[\w-]+\.eyJ[\w-]+\./.test(text), `the URL of ${what} holds a JSON Web Token`, 'an opaque id', url)
    }
  },
  fault: sendsToUrl({ url: 'https://weather.example/enter?user=ada%40example.com' }),
})
