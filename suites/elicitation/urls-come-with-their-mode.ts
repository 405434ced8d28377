import { defineCheck, everyElicitation, sendsToUrl } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Who sends the user to a URL says so in the mode, with a message and the URL',
  requirement: 'elicitation-url-params',
  needs: ['modern', 'tool'],
  hint: 'mode "url", message and url; without a mode the client shows a form.',
  async run(client) {
    for (const { params, what } of await everyElicitation(client)) {
      if (params.mode === 'url')
        for (const member of ['url', 'message'])
          expect(typeof params[member] === 'string', `${what} has no ${member}`, 'a text', params)
      const hidden = params.mode !== 'url' && typeof params.url === 'string' && params.requestedSchema === undefined
      expect(!hidden, `${what} has a URL, but not the mode`, '"url"', params)
    }
  },
  fault: sendsToUrl({ url: undefined, link: 'https://weather.example/enter' }),
})
