import { defineCheck, type Fault, isResponse } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

/** Shorter calls tell nothing; events of one write lie closer together than this. Both in ms. */
const [longMs, togetherMs] = [400, 15]

const proxies = /nginx|openresty|cloudflare|envoy|caddy|traefik|varnish|cloudfront|google frontend|awselb/i

export default defineCheck({
  title: 'Behind a proxy, events come when they are sent',
  requirement: 'advice-streams-not-held-back',
  needs: ['sse-answers', 'tool'],
  hint: 'Switch buffering off for the MCP path (nginx: proxy_buffering off), or send X-Accel-Buffering: no with every event stream.',
  async run(client) {
    const { toolCalls } = await client.survey()
    const slow = toolCalls.find(({ reply }) => reply.isStream && (reply.at.response ?? 0) > longMs)
    if (!slow) notApplicable(`no named tool takes longer than ${longMs} ms`)
    const { tool, reply } = slow
    const proxy = [reply.header('server'), reply.header('via')].find((value) => value && proxies.test(value))
    if (!proxy && !reply.header('cf-ray')) notApplicable('nothing shows that a proxy stands in front')
    const [first, last] = [reply.events[0], reply.events.at(-1)]
    if (!first || !last || reply.events.length < 2) notApplicable(`${tool.name} sends no event before its answer`)
    const together = last.at - first.at < togetherMs && last.at > longMs && reply.messages.some(isResponse)
    expect(
      !together,
      `${reply.events.length} events of ${tool.name} came at once at its end, through ${proxy ?? 'a proxy'}`,
      'events spread over the call',
      reply.events.map(({ at }) => Math.round(at)),
    )
  },
  fault: (): Fault => {
    const held: { data: string }[] = []
    return {
      // Whatever the tool takes by itself, on any machine: the call is long.
      async request({ message }) {
        if (message?.method === 'tools/call') await new Promise((resolve) => setTimeout(resolve, longMs + 50))
      },
      reply: (reply) => ({ ...reply, headers: { ...reply.headers, server: 'nginx/1.22.1' } }),
      event(event, { request, channel }) {
        if (channel !== 'post-stream' || request.message?.method !== 'tools/call') return undefined
        if (!/"result"|"error"/.test(event.data)) {
          held.push(event)
          return null
        }
        return [...held.splice(0), event]
      },
    }
  },
})
