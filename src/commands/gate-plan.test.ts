import { describe, expect, it } from 'vitest'
import { type Config, defineConfig } from '../config/config.js'
import { parseSource } from '../config/source.js'
import { type Given, planTargetOf, targetsOf } from './gate-plan.js'
import type { Terminal } from './terminal.js'

const terminal: Terminal = {
  out: () => {},
  err: () => {},
  columns: 80,
  color: false,
  live: false,
  env: { GOOD: 'good-token', EMPTY: '' },
  cwd: '/nowhere',
  signal: new AbortController().signal,
}

async function given(text: string): Promise<Given> {
  const source = await parseSource(text, 'c.yaml')
  return { config: source.value as Config, source }
}

async function planned(text: string) {
  const read = await given(text)
  return Promise.all(targetsOf(read).map((one) => planTargetOf(read, one, terminal)))
}

describe('a plan', () => {
  it('of one server', async () => {
    const [plan] = await planned(`
url: http://h/mcp
tokenEnv: GOOD
headers: { X-Team: '\${GOOD}', X-Plain: a }
tools: { t: { a: 1 } }
timeout: 900
check: { suites: [ping], maxRequests: 50 }
load: { duration: 2s, tools: [{ name: u }, { name: u, arguments: { b: 2 } }], repeat: 3, timeout: 700 }
`)
    expect(plan).toMatchObject({
      url: 'http://h/mcp',
      given: { token: 'good-token', timeoutMs: 900, tools: [{ name: 't', arguments: { a: 1 } }] },
      check: { given: { maxRequests: 50, timeoutMs: 900 }, options: { revision: 'auto' } },
    })
    expect(plan!.given.headers).toEqual([
      ['X-Team', 'good-token'],
      ['X-Plain', 'a'],
    ])
    expect(plan!.check!.checks.every(({ suite }) => suite === 'ping')).toBe(true)
    const [load] = plan!.loads
    expect(load).toMatchObject({ repeat: 3, wish: { profileName: 'steady' } })
    expect(load!.given).toMatchObject({
      timeoutMs: 700,
      tools: [
        { name: 'u', arguments: {} },
        { name: 'u', arguments: { b: 2 } },
      ],
    })
  })

  it('of several, which take from the top what they do not say', async () => {
    const plans = await planned(`
auth: none
check: false
load: { profile: { description: d, loop: closed, stages: [{ seconds: 1, connections: 2 }] } }
targets:
  - { name: one, url: 'http://h/1' }
  - { name: two, url: 'http://h/2', auth: required, check: true, load: [] }
`)
    expect(
      plans.map(({ name, given: { auth }, check, loads }) => [name, auth, check !== undefined, loads.length]),
    ).toEqual([
      ['one', 'none', false, 1],
      ['two', 'required', true, 0],
    ])
    expect(plans[0]!.loads[0]!.wish).toMatchObject({ profileName: 'own', profile: { description: 'd' } })
  })

  it('is typed', () => {
    // @ts-expect-error: a key there is not
    expect(defineConfig({ url: 'a', tokenenv: 'T' }).url).toBe('a')
  })
})

describe('what makes no sense is told by its key', () => {
  it.each([
    ['tokenEnv: NONE\nurl: http://h/', 'c.yaml line 1: tokenEnv: NONE: the environment variable NONE is not set'],
    [
      'url: http://h/\nbadTokenEnv:\n  expired: EMPTY',
      'c.yaml line 2: badTokenEnv: expired EMPTY: the environment variable EMPTY is empty',
    ],
    [
      `url: http://h/\nheaders:\n  X-A: '\${NONE}'`,
      'c.yaml line 2: headers: X-A: the environment variable NONE is not set',
    ],
    ['url: http://h/\nheaderFile: none.txt', 'c.yaml line 2: headerFile: none.txt: cannot be read (ENOENT)'],
    ['url: http://h/\ncheck:\n  suites: [sesion]', /^c\.yaml line 2: check: no check matches "sesion"; suites are /],
    [
      'url: http://h/\nload:\n  duration: "10"',
      'c.yaml line 3: load.duration: 10: give a time with its unit, such as 500ms, 30s or 1m30s',
    ],
    [
      'url: http://h/\nload:\n  - duration: 1s\n  - profile: stead',
      /^c\.yaml line 4: load\[1\]\.profile: stead: there is no such profile; choose /,
    ],
    [
      "url: http://h/\nload:\n  thresholds:\n    - 'p(99)<'",
      /^c\.yaml line 3: load\.thresholds: threshold "p\(99\)<": expected a number/,
    ],
    ['url: http://h/\nload:\n  connections: 99999', 'c.yaml line 3: load.connections: 99999: 20000 is the most'],
    ['start: node s.js\nimage: x', /^c\.yaml line 1: start: and image: a server comes from one place/],
    ['start: node s.js\nurl: http://h/\nwaitFor: soon', /^c\.yaml line 3: waitFor: soon: give a time with its unit/],
    ['url: http://h/\ncpus: 2', /^c\.yaml line 2: cpus: means something only with image or dockerfile/],
    ['check: true', 'c.yaml line 1: no server is given; say url, start, image, dockerfile or mcpConfig'],
    [
      'url: http://h/\ntargets:\n  - url: http://i/',
      'c.yaml line 1: url: stands beside targets; say it in the one that it is about',
    ],
    [
      'tokenEnv: NONE\ntargets:\n  - url: http://i/',
      'c.yaml line 1: tokenEnv: NONE: the environment variable NONE is not set',
    ],
    [
      'targets:\n  - url: http://i/\n  - url: http://j/\n    ca: none.pem\n    load: {}',
      'c.yaml line 4: targets[1].ca: none.pem: cannot be read (ENOENT)',
    ],
  ])('%j', async (text, message) => {
    const error = await planned(text).catch((one: Error) => one)
    expect(error).toBeInstanceOf(Error)
    if (typeof message === 'string') expect((error as Error).message).toBe(message)
    else expect((error as Error).message).toMatch(message)
  })
})
