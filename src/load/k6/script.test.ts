import { beforeAll, describe, expect, it } from 'vitest'
import { buildCli } from '../../../test/cli/cli.js'
import { virtualPlan } from '../../../test/support/virtual-load.js'
import { parseThreshold } from '../parse-threshold.js'
import type { LoadPlan } from '../plan.js'
import { loadProfile, profileNames } from '../profiles.js'
import { scriptOf } from './script.js'

const profiles = await profileNames()

beforeAll(buildCli)

const credentials: Pick<LoadPlan, 'url' | 'headers' | 'secrets'> = {
  url: 'https://user:pa55word@example.com/mcp?api_key=k-123456',
  headers: [
    ['X-Tenant', 'blue'],
    ['authorization', 'Bearer tok-abcdefgh-12345'],
    ['X-Api-Key', 'key-abcdefgh-67890'],
  ],
  secrets: ['tok-abcdefgh-12345', 'key-abcdefgh-67890', 'user', 'pa55word', 'k-123456'],
}

describe('a script', () => {
  it.each(profiles)('is one file for profile %s, and says what k6 cannot do', async (name) => {
    const { profile } = await loadProfile(name, '.')
    const { text, plan } = await scriptOf(virtualPlan({ profile, profileName: name }))
    const imported = [...text.matchAll(/^import .* from "(.*)";$/gm)].map(([, from]) => from)
    expect([...new Set(imported)].sort()).toEqual(['k6', 'k6/execution', 'k6/http', 'k6/metrics'])
    expect(text).toContain('the time to the first event of a stream is unknown')
    expect(text.includes('100 streams of this profile are left out')).toBe(name === 'streams')
    expect(plan.told.profileName).toBe(name)
  })

  it('reads its credentials from the environment and holds none', async () => {
    const tool = { method: 'tools/call', params: { name: 'echo', arguments: { text: 'tok-abcdefgh-12345' } } }
    const {
      text,
      plan,
      credentials: read,
    } = await scriptOf(virtualPlan({ ...credentials, requests: [tool] }), 'MY_TOKEN')
    for (const secret of credentials.secrets.slice(0, 2)) expect(text).not.toContain(secret)
    expect(text).not.toContain('pa55word')
    expect(text).not.toContain('k-123456')
    expect(plan.credentials).toEqual(['MCP_URL', 'MY_TOKEN', 'MCP_X_API_KEY'])
    expect(read.map(({ value }) => value).slice(1)).toEqual(credentials.secrets.slice(0, 2))
    const [call] = plan.calls
    expect(call?.headers).toMatchObject({ 'X-Tenant': 'blue', authorization: 'Bearer ${__ENV.MY_TOKEN}' })
    expect(call?.body.join('1')).toContain('"text":"${__ENV.MY_TOKEN}"')
    expect(plan.url).toBe('${__ENV.MCP_URL}')
    expect(plan.told.url).toBe('https://[redacted]:[redacted]@example.com/mcp?api_key=[redacted]')
  })

  it('is not written where a credential would stand in it otherwise', async () => {
    const hidden = Buffer.from('tok-abcdefgh-12345').toString('base64')
    const requests = [{ method: 'tools/call', params: { name: 'echo', arguments: { text: hidden } } }]
    await expect(scriptOf(virtualPlan({ ...credentials, requests }))).rejects.toThrow('in another spelling')
  })

  it('sends what a local load sends', async () => {
    const requests = [
      { method: 'tools/call', params: { name: 'echo', arguments: { text: 'a {canary}' } }, echoes: true },
    ]
    const { plan } = await scriptOf(virtualPlan({ requests }))
    expect(plan.calls).toEqual([
      {
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
          'Mcp-Session-Id': '{session}',
          'MCP-Protocol-Version': '2025-11-25',
        },
        body: [
          '{"jsonrpc":"2.0","id":',
          ',"method":"tools/call","params":{"name":"echo","arguments":{"text":"a canary-',
          '"}}}',
        ],
        echoes: true,
      },
    ])
    expect(plan.opening?.body.join('7')).toContain('"id":7,"method":"initialize"')
    expect(plan.ending).toMatchObject({ headers: { 'Mcp-Session-Id': '{session}' }, body: [] })
  })

  it('opens no session where the mode has none, and mirrors canaries in headers', async () => {
    const headers: [string, string][] = [['Mcp-Param-Text', 'a {canary}']]
    const { plan } = await scriptOf(
      virtualPlan({ mode: 'modern', requests: [{ method: 'tools/call', params: { name: 'echo' }, headers }] }),
    )
    expect([plan.opening, plan.ending]).toEqual([undefined, undefined])
    expect(Object.keys(plan.scenarios)).toEqual(['load'])
    expect(plan.calls[0]?.headers['Mcp-Param-Text']).toEqual(['a canary-', ''])
  })

  it('has the thresholds in k6’s words, all but those that k6 would measure otherwise', async () => {
    const texts = ['p(99)<250ms', 'initialize:avg<1s', 'rate(errors)<0.1%', 'count(timeout)<=3', 'count>10', 'rate>5/s']
    const { plan } = await scriptOf(virtualPlan({ thresholds: texts.map(parseThreshold) }))
    expect(plan.thresholds).toEqual([
      { kind: 'trend', of: 'good', expression: 'p(99)<250' },
      { kind: 'trend', phase: 'initialize', of: 'good', expression: 'avg<1000' },
      { kind: 'rate', of: 'errors', expression: 'rate<0.001' },
      { kind: 'counter', of: 'timeout', expression: 'count<=3' },
      { kind: 'counter', of: 'good', expression: 'count>10' },
    ])
    expect(plan.told.thresholds).toEqual(texts)
  })
})
