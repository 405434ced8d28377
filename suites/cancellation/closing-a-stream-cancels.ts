import { closedCall, defineCheck, worksOn } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call whose stream was closed is not carried through to its end',
  requirement: 'cancellation-close-is-cancel',
  needs: ['modern', 'tool'],
  alone: true,
  hint: 'Abort the request when its connection closes, and hand the abort signal to what the tool waits for.',
  async run(client) {
    const { signs, tool } = await closedCall(client)
    if (!signs) notTestable(`nothing shows whether ${tool.name} works: name a slow tool that updates a resource`)
    const { late } = signs
    expect(late.length === 0, `${tool.name} worked on to its end after its stream had been closed`, 'no work', late)
  },
  fault: worksOn,
})
