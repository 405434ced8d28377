import {
  defineCheck,
  entrance,
  expectGuarded,
  expectTurnedAway,
  intruders,
  letIn,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The event stream of HTTP+SSE opens for nobody without good credentials',
  requirement: 'tools-access-controlled',
  needs: ['auth', 'legacy-sse'],
  hint: 'Guard both routes of this transport, the GET of the stream and the POST of messages.',
  async run(client) {
    expectGuarded(client)
    for (const { name, identity } of intruders(client)) {
      const reply = await entrance(client).knock(identity)
      expectTurnedAway(reply, `the GET of the stream ${name}`)
    }
  },
  fault: letIn((request, shown, good) => request.method === 'GET' && shown !== undefined && shown !== good),
})
