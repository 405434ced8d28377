import { defineCheck, expectEncodedMedia, promptWith } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Audio in prompts is base64 and names a MIME type',
  requirement: 'prompts-audio-base64',
  needs: ['capability:prompts'],
  hint: 'data is the bare base64 text, without a data: prefix; the type goes into mimeType.',
  run: (client) => expectEncodedMedia(client, 'audio', /^(audio|application|video)\/[\w.+-]+/i),
  fault: promptWith({ type: 'audio', data: 'AAAA', mimeType: '' }),
})
