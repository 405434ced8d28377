import { defineCheck, expectEncodedMedia, promptWith } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Images in prompts are base64 and name the MIME type of an image',
  requirement: 'prompts-image-base64',
  needs: ['capability:prompts'],
  hint: 'data is the bare base64 text, without a data: prefix; the type goes into mimeType.',
  run: (client) => expectEncodedMedia(client, 'image', /^image\/[\w.+-]+/i),
  fault: promptWith({ type: 'image', data: 'data:image/png;base64,AAAA', mimeType: 'image/png' }),
})
