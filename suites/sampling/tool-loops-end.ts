import { ableReceived, defineCheck, expectLoopsEnd, putsEndlessSamplings } from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A model that never stops using tools is stopped by the server',
  requirement: 'sampling-loop-limit',
  needs: ['tool'],
  revisions: { last: '2025-11-25' },
  hint: 'Count the rounds, and in the last one send toolChoice with mode "none", or give up.',
  async run(client) {
    const offered = (await ableReceived(client)).some(
      ({ message }: any) => message?.method === 'sampling/createMessage' && Array.isArray(message.params?.tools),
    )
    if (!offered) notApplicable('no named tool offers tools to the model of the client')
    await expectLoopsEnd(client)
  },
  fault: putsEndlessSamplings,
})
