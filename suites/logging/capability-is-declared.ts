import { defineCheck, everyLog, greeting, isObject, onResult } from '../../src/conformance/check.js'
import { assumeResult, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that sends log messages declares the logging capability',
  requirement: 'logging-capability-declared',
  callsTools: true,
  hint: 'Put `logging: {}` into the capabilities of the initialize result, or send no notifications/message.',
  async run(client) {
    const { capabilities } = assumeResult((await client.session()).opening, 'initialize')
    const logs = await everyLog(client)
    if (logs.length === 0) notTestable('no log message was seen: name a tool that logs')
    const declared = isObject(capabilities?.logging)
    expect(declared, 'log messages come, so the capability must be declared', 'capabilities.logging: {}', capabilities)
  },
  fault: onResult(greeting, ({ capabilities: { logging: _, ...capabilities }, ...result }) => ({
    ...result,
    capabilities,
  })),
})
