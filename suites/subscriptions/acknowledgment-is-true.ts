import {
  acknowledgedFilter,
  acknowledgmentOf,
  asksFor,
  changeKinds,
  defineCheck,
  deliveredOn,
  listeningRun,
  onSubscription,
  opened,
} from '../../src/conformance/check.js'
import { advise, assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What is acknowledged is what was asked for, is declared, and is sent',
  requirement: 'subscriptions-ack-filter-subset',
  needs: ['subscriptions'],
  hint: 'Acknowledge the kinds that were asked for and that your capabilities declare; leave the others out.',
  async run(client) {
    const { tools, prompts, resources } = client.facts.capabilities
    const flags = [tools?.listChanged, prompts?.listChanged, resources?.listChanged, resources?.subscribe]
    const acknowledged = opened((await listeningRun(client)).subscriptions).filter(acknowledgmentOf)
    assume(acknowledged.length > 0, 'a subscription is acknowledged')
    for (const one of acknowledged) {
      const honoured = acknowledgedFilter(one)
      for (const [at, { member, method }] of changeKinds.entries()) {
        const [asked, has, declared] = [asksFor(one.filter, member), asksFor(honoured, member), flags[at] === true]
        expect(asked || !has, `${member} was acknowledged though nobody asked for it`, one.filter, honoured)
        expect(declared || !has, `${member} was acknowledged though it is not declared`, 'left out', honoured)
        advise(has || !asked || !declared, `${member} is declared but was not acknowledged`, one.filter, honoured)
        const sent = deliveredOn(one).some((message) => message.method === method)
        expect(has || !asked || !sent, `${method} came though ${member} was not acknowledged`, 'silence', honoured)
      }
      const uris: unknown[] = honoured.resourceSubscriptions ?? []
      const foreign = uris.filter((uri) => !one.filter.resourceSubscriptions?.some((asked) => asked === uri))
      expect(foreign.length === 0, 'URIs were acknowledged that nobody asked for', one.filter, foreign)
    }
  },
  fault: onSubscription((message) =>
    message.params?.notifications
      ? { ...message, params: { ...message.params, notifications: { ...everything, ...message.params.notifications } } }
      : undefined,
  ),
})

const everything = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true }
