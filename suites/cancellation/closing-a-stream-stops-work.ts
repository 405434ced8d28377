import { closedCall, defineCheck, worksOn } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Work on a call stops soon after its stream was closed',
  requirement: 'cancellation-close-stops-work',
  needs: ['modern', 'tool'],
  alone: true,
  hint: 'Look at the abort signal between two steps of the work.',
  async run(client) {
    const { signs, tool } = await closedCall(client)
    if (!signs) notTestable(`nothing shows whether ${tool.name} works: name a slow tool that updates a resource`)
    // One step may have been under way.
    const { soon } = signs
    expect(soon.length <= 1, `${tool.name} worked on after its stream had been closed`, 'at most one more step', soon)
  },
  fault: worksOn,
})
