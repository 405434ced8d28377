import { defineCheck, expectUrlMembers, sendsToUrl } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Who sends the user to a URL says so in the mode, with a message and the URL',
  requirement: 'elicitation-url-params',
  needs: ['modern', 'tool'],
  hint: 'mode "url", message and url; without a mode the client shows a form.',
  run: (client) => expectUrlMembers(client, ['url', 'message']),
  fault: sendsToUrl({ url: undefined, link: 'https://weather.example/enter' }),
})
