import {
  calls,
  defineCheck,
  expectAllShut,
  intruders,
  letIn,
  messageDoor,
  request,
  signedIn,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A tool is not called for somebody without good credentials',
  requirement: 'tools-access-controlled',
  needs: ['auth', 'credentials', 'tool'],
  hint: 'Check the credentials before the message reaches the tool, on every request.',
  async run(client) {
    const session = await signedIn(client)
    const doors = client.tools.map((tool) =>
      messageDoor(session, `tools/call ${tool.name}`, () =>
        request('tools/call', { name: tool.name, arguments: tool.arguments }),
      ),
    )
    await expectAllShut(client, doors, intruders(client))
  },
  fault: letIn((request, shown, good) => shown !== good && calls('tools/call')(request)),
})
