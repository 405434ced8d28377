import { describe, expect, it } from 'vitest'
import { checkOf, contextOf } from '../../test/support/conformance.js'
import { greeting, resultOf, sendJson, serveHttp, serveTcp, testPeer } from '../../test/support/servers.js'
import type { Result } from '../report/run.js'
import { redactor } from '../wire/redact.js'
import type { LoadedCheck } from './check.js'
import type { Client } from './client.js'
import { expect as rule } from './expect.js'
import { type RunEvent, type RunOptions, runChecks } from './runner.js'
import { Undecided, Violation } from './violation.js'

const nowhere = () => testPeer('http://127.0.0.1:1/mcp')
const plain = () =>
  serveHttp(({ method, message }, answer) => {
    if (method === 'DELETE') return answer.writeHead(204).end()
    if (message.method === 'initialize') return sendJson(answer, greeting(message), { 'mcp-session-id': 'abc' })
    if ('id' in message) sendJson(answer, resultOf(message))
    else answer.writeHead(202).end()
  })

async function run(
  checks: LoadedCheck[],
  options?: RunOptions,
  context = contextOf(nowhere()),
): Promise<{ events: RunEvent[]; results: Result[] }> {
  const events: RunEvent[] = []
  for await (const event of runChecks(checks, context, options)) events.push(event)
  const last = events.at(-1)
  return { events, results: last?.type === 'results' ? last.results : [] }
}

const statuses = (results: Result[]) => results.map((result) => result.outcome.status)

describe('one result per check, whatever happens', () => {
  const never = () => new Promise<void>(() => {})
  const rows: [what: string, changes: Parameters<typeof checkOf>[1], status: string, message?: RegExp][] = [
    ['it returns', {}, 'pass'],
    ['a Violation at MUST', { run: async () => rule(false, 'broken', 1, 2) }, 'fail', /^broken$/],
    ['a Violation at SHOULD', { requirement: 'ping-periodic', run: async () => rule(false, 'broken') }, 'warn'],
    ['a Violation that only warns', { run: () => Promise.reject(new Violation('hm', 1, 2, 'warn')) }, 'warn'],
    [
      'it ends itself',
      { run: () => Promise.reject(new Undecided('not-applicable', 'no tools')) },
      'not-applicable',
      /^no tools$/,
    ],
    [
      'it throws',
      { run: () => Promise.reject(new TypeError('oops')) },
      'error',
      /the check itself broke: TypeError: oops/,
    ],
    [
      'it throws before it is asynchronous',
      {
        run: () => {
          throw new Error('early')
        },
      },
      'error',
      /early/,
    ],
    ['it throws no error', { run: () => Promise.reject(undefined) }, 'error', /undefined/],
    ['it hangs', { run: never }, 'error', /not done within 80 ms/],
    ['a need is not met', { needs: ['tool'], run: never }, 'not-testable', /--tool/],
    [
      'no revision fits',
      { revisions: { first: '2026-07-28' }, run: never },
      'not-applicable',
      /revisions the server does not speak/,
    ],
  ]
  it('in the order of the checks, with the catalogue row of each', async () => {
    const { results, events } = await run(
      rows.map(([, changes], index) => checkOf(`a/${index}`, changes)),
      { checkMs: 80 },
    )
    expect(results.map((result) => result.id)).toEqual(rows.map((_, index) => `a/${index}`))
    expect(statuses(results)).toEqual(rows.map(([, , status]) => status))
    for (const [index, [what, , , message]] of rows.entries()) {
      if (message) expect(results[index]!.outcome.message, what).toMatch(message)
    }
    expect(results[1]).toMatchObject({
      requirement: 'ping-answered',
      keyword: 'MUST',
      level: 'MUST',
      revision: '2025-11-25',
    })
    expect(results[1]!.outcome).toMatchObject({ expected: 1, actual: 2 })
    const done = events.flatMap((event) => (event.type === 'result' ? [[event.done, event.total]] : []))
    expect(done).toEqual(rows.map((_, index) => [index + 1, rows.length]))
  })

  it('no checks, no results', async () => expect((await run([])).results).toEqual([]))
})

describe('how many run at once', () => {
  function counting() {
    let now = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now--
    }
    return { work, most: () => most }
  }

  it.each([1, 3])('%i when told so', async (concurrency) => {
    const { work, most } = counting()
    await run(
      Array.from({ length: 9 }, (_, index) => checkOf(`a/${index}`, { run: work })),
      { concurrency },
    )
    expect(most()).toBe(concurrency)
  })

  it('one that must be alone runs alone, after the others, and stands where it was', async () => {
    const order: string[] = []
    const { work, most } = counting()
    const check = (id: string, alone: boolean) =>
      checkOf(id, {
        alone,
        run: async () => {
          order.push(id)
          if (alone) await work()
        },
      })
    const { results } = await run([check('a/1', true), check('a/2', true), check('a/3', false)])
    expect([order, most()]).toEqual([['a/3', 'a/1', 'a/2'], 1])
    expect(results.map((result) => result.id)).toEqual(['a/1', 'a/2', 'a/3'])
  })
})

describe('revisions', () => {
  const spoken = { revisions: ['2024-11-05', '2025-06-18'] as ['2024-11-05', '2025-06-18'] }
  const rows: [wanted: RunOptions['revision'], revisions: (string | undefined)[]][] = [
    ['auto', ['2025-06-18']],
    ['all', ['2024-11-05', '2025-06-18']],
    ['2024-11-05', ['2024-11-05']],
    ['2025-11-25', [undefined]],
  ]
  it.each(rows)('%s', async (revision, expected) => {
    const { results } = await run([checkOf('a/1')], { revision: revision! }, contextOf(nowhere(), spoken))
    expect(results.map((result) => result.revision)).toEqual(expected)
    expect(statuses(results)).toEqual(expected.map((one) => (one ? 'pass' : 'not-applicable')))
  })
})

describe('a check that is judged at each revision', () => {
  const spoken = { revisions: ['2024-11-05', '2025-03-26', '2025-06-18'] as const }
  const brokenAt = (...broken: string[]) =>
    checkOf('a/1', {
      atEachRevision: true,
      run: async ({ revision, brief }) => rule(!broken.includes(revision), `broken, ${brief ? 'brief' : 'full'}`),
    })
  const rows: [broken: string[], wanted: RunOptions['revision'], status: string, revision: string, message?: string][] =
    [
      [[], 'auto', 'pass', '2025-06-18'],
      [['2025-06-18', '2024-11-05'], 'auto', 'fail', '2025-06-18', 'broken, full'],
      [['2024-11-05', '2025-03-26'], 'auto', 'fail', '2025-03-26', 'broken, brief'],
      [['2024-11-05'], 'auto', 'fail', '2024-11-05', 'broken, brief'],
      [['2024-11-05'], '2025-06-18', 'pass', '2025-06-18'],
    ]
  it.each(rows)('broken at %j, asked for %s: %s of %s', async (broken, wanted, status, revision, message) => {
    const context = contextOf(nowhere(), { ...spoken, revisions: [...spoken.revisions] })
    const { results } = await run([brokenAt(...broken)], { revision: wanted! }, context)
    expect(results).toMatchObject([{ revision, outcome: { status, ...(message ? { message } : {}) } }])
  })

  it('not where the server is strained', async () => {
    const context = contextOf(nowhere(), { revisions: [...spoken.revisions], strained: true })
    const { results } = await run([brokenAt('2024-11-05')], {}, context)
    expect(statuses(results)).toEqual(['pass'])
  })
})

describe('interruption', () => {
  it('ends what runs and starts nothing more; what is done stays', async () => {
    const stop = new AbortController()
    const hanging = checkOf('a/2', { run: () => new Promise(() => {}) })
    const checks = [checkOf('a/1'), hanging, checkOf('a/3'), checkOf('a/4', { alone: true })]
    const results: Result[] = []
    for await (const event of runChecks(checks, contextOf(nowhere()), { concurrency: 1, signal: stop.signal })) {
      if (event.type === 'result') stop.abort()
      else results.push(...event.results)
    }
    expect(statuses(results)).toEqual(['pass', 'not-testable', 'not-testable', 'not-testable'])
    expect(results.slice(1).every((result) => /interrupted/.test(result.outcome.message!))).toBe(true)
  })

  it('also while a check hangs', async () => {
    const stop = new AbortController()
    const hanging = checkOf('a/1', {
      run: () => {
        stop.abort()
        return new Promise(() => {})
      },
    })
    const { results } = await run([hanging], { signal: stop.signal })
    expect(statuses(results)).toEqual(['not-testable'])
  })
})

it('a check that runs last does its early part beside the others, and finds its outcome', async () => {
  const order: string[] = []
  const early = (client: Client) => client.once('early', async () => order.push('early'))
  const checks = [
    checkOf('a/1', {
      last: true,
      early,
      run: async (client) => {
        rule((await early(client)) === 1, 'done again')
        order.push('last')
      },
    }),
    checkOf('a/2', { alone: true, run: async () => void order.push('alone') }),
    checkOf('a/3', { last: true, early: () => Promise.reject(new Violation('met in run')) }),
  ]
  const { results } = await run(checks)
  expect(order).toEqual(['early', 'alone', 'last'])
  expect(statuses(results)).toEqual(['pass', 'pass', 'pass'])
})

describe('exchanges', () => {
  it('the last six are kept for findings, none for passes, and all are counted', async () => {
    const { url } = await plain()
    const asking = (id: string, holds: boolean) =>
      checkOf(id, {
        run: async (client) => {
          for (let i = 0; i < 6; i++) await client.request('ping')
          rule(holds, 'broken')
        },
      })
    const { results } = await run([asking('a/1', true), asking('a/2', false)], {}, contextOf(testPeer(url)))
    expect(results.map((result) => result.exchanges.length)).toEqual([0, 6])
    expect(results[1]!.exchanges.at(-1)!.request.body).toMatch(/ping/)
  })

  it('what is asked once for several checks is evidence for each of them, and counted once', async () => {
    const { url } = await plain()
    const asking = (id: string) =>
      checkOf(id, { run: async (client) => rule((await client.ask('tools/list', {})).response === null, 'broken') })
    const { results } = await run([asking('a/1'), asking('a/2')], {}, contextOf(testPeer(url)))
    expect(results.map((result) => result.exchanges.at(-1)!.request.body)).toEqual([
      expect.stringMatching(/tools\/list/),
      expect.stringMatching(/tools\/list/),
    ])
    expect(results.map((result) => result.requests)).toEqual([1, 0])
  })

  it('sessions a check opened are ended after it when it fails or hangs, and else left to the next', async () => {
    const { url, seen } = await plain()
    const opening = (id: string, after: () => Promise<void>) =>
      checkOf(id, {
        run: async (client) => {
          await Promise.all([client.session(), client.open()])
          await after()
        },
      })
    const checks = [
      opening('a/1', async () => {}),
      opening('a/2', () => Promise.reject(new Violation('no'))),
      opening('a/3', () => new Promise(() => {})),
    ]
    const context = contextOf(testPeer(url))
    await run(checks, { checkMs: 1500 }, context)
    const count = (word: string) => seen.filter((one) => one.method === word || one.message?.method === word).length
    expect(count('DELETE')).toBe(4)
    await run([opening('a/4', async () => {})], {}, context)
    expect(count('initialize')).toBe(6)
    await context.shared.close()
    expect(count('DELETE')).toBe(6)
  })

  it('a spent budget makes checks not testable', async () => {
    const { url } = await plain()
    const ping = checkOf('a/1', { run: async (client) => void (await client.request('ping')) })
    const { results } = await run([ping], {}, contextOf(testPeer(url, { maxRequests: 2 })))
    expect(results[0]!.outcome).toMatchObject({
      status: 'not-testable',
      message: expect.stringContaining('--max-requests'),
    })
  })

  it('what an outcome quotes of an answer carries no secret', async () => {
    const secret = 'tok-123456'
    const { url } = await serveHttp((_, answer) => answer.writeHead(400).end(`no such token: ${secret}`))
    const check = checkOf('a/1', {
      run: async (client) => {
        const reply = await client.http({ headers: { authorization: `Bearer ${secret}` } })
        rule(false, `refused: ${reply.text}`, { [secret]: 1 }, [reply.text])
      },
    })
    const { results } = await run([check], {}, contextOf(testPeer(url, { redact: redactor([secret]) })))
    expect(results[0]!.outcome.message).toBe('refused: no such token: [redacted]')
    expect(JSON.stringify(results)).not.toContain(secret)
  })

  it('findings behind one cause name it', async () => {
    const { url } = await serveHttp((_, answer) => answer.writeHead(307, { location: 'https://b.example/' }).end())
    const check = checkOf('a/1', { run: async (client) => rule((await client.http({})).ok, 'refused') })
    const { results } = await run([check], {}, contextOf(testPeer(url)))
    expect(results[0]!.outcome.cause).toEqual(expect.stringMatching(/^Requests are redirected elsewhere/))
  })

  it('what was not read whole is no finding, unless somebody was let in', async () => {
    const { url } = await serveHttp((_, answer) =>
      sendJson(answer, { jsonrpc: '2.0', id: 1, result: 'x'.repeat(2000) }),
    )
    const asks = (id: string) =>
      checkOf(id, { run: async (client) => rule((await client.http({})).response !== undefined, 'not answered') })
    const context = contextOf(testPeer(url, { maxBytes: 1000 }))
    const { results } = await run([asks('tools-list/1'), asks('auth/1')], {}, context)
    expect(statuses(results)).toEqual(['not-testable', 'fail'])
    expect(results[0]!.outcome.message).toMatch(/longer than what is read/)
  })

  it('a server that says nothing is no crash of ours', async () => {
    const url = await serveTcp(() => {})
    const check = checkOf('a/1', { run: async (client) => rule((await client.http({})).ok, 'silent') })
    const { results } = await run([check], {}, contextOf(testPeer(url, { timeoutMs: 60 })))
    expect(results[0]!.outcome).toEqual({ status: 'fail', message: 'silent' })
  })
})
