import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { whyUnreadable } from './own-module.js'
import { loadProfile, profileNames } from './profiles.js'

const cwd = mkdtempSync(join(tmpdir(), 'profiles-'))
const file = (name: string, text: string) => {
  writeFileSync(join(cwd, name), text)
  return `./${name}`
}
const own = (change: object) =>
  JSON.stringify({ description: 'mine', loop: 'closed', stages: [{ seconds: 1, connections: 2 }], ...change })

it('the program comes with its profiles, each of them sound', async () => {
  const names = await profileNames()
  expect(names).toEqual(['capacity', 'churn', 'churn-leave', 'ramp', 'soak', 'spike', 'steady', 'streams'])
  for (const name of names) expect((await loadProfile(name, cwd)).profile.description).toMatch(/[.?]$/)
})

it('a user has profiles of their own, as JSON or as a module', async () => {
  expect(await loadProfile(file('mine.json', own({})), cwd)).toMatchObject({
    name: 'mine',
    profile: { loop: 'closed' },
  })
  const module = file('other.mjs', `export default ${own({ loop: 'open', stages: [{ seconds: 1, rate: 5 }] })}`)
  expect(await loadProfile(module, cwd)).toMatchObject({ name: 'other', profile: { stages: [{ rate: 5 }] } })
  expect((await loadProfile('mine.json', cwd)).name).toBe('mine')
})

describe('what is wrong is said in one line that names the key', () => {
  it.each<[object, string]>([
    [{ stages: [{ seconds: 1, connections: 1 }, { seconds: -1 }] }, 'stages[1].seconds: '],
    [{ stages: [{ seconds: 1, conections: 1 }] }, 'stages[0]: Unrecognized key: "conections"'],
    [{ stages: [{ seconds: 1, connections: 1.5 }] }, 'stages[0].connections: '],
    [{ loop: 'both' }, 'loop: '],
    [{ loop: 'open' }, 'stages: no stage asks for any rate'],
    [{ stages: [{ seconds: 1, connections: 1, rate: 3 }] }, 'stages[0].rate: has no meaning in a loop of kind closed'],
    [{ stages: [] }, 'stages: no stage asks for any connections'],
    [{ description: undefined }, 'description: '],
    [{ session: 'mine' }, 'session: '],
    [{ think: -1 }, 'think: '],
    [{ streams: { count: 0 } }, 'streams.count: '],
    [{ thresholds: ['p(99)<'] }, 'thresholds[0]: '],
    [
      { loop: 'open', stages: [], capacity: { from: 9, to: 3, stepSeconds: 1, objective: ['p(99)<1s'] } },
      'capacity.to: is less than from',
    ],
    [{ capacity: { from: 1, to: 3, stepSeconds: 1, objective: ['p(99)<1s'] } }, 'loop: a search for capacity needs'],
  ])('%j', async (change, message) => {
    await expect(loadProfile(file('wrong.json', own(change)), cwd)).rejects.toThrow(
      `--profile ./wrong.json: ${message}`,
    )
  })

  it.each([
    ['stedy', '--profile stedy: there is no such profile; choose capacity, churn,'],
    ['./none.json', '--profile ./none.json: there is no such file'],
    ['./none.mjs', '--profile ./none.mjs: '],
    ['.', '--profile .: there is no such profile'],
    [file('broken.json', '{'), '--profile ./broken.json: cannot be read: '],
    [file('empty.mjs', 'export const profile = 1'), '--profile ./empty.mjs: the file has no default export'],
    [file('list.json', '[]'), '--profile ./list.json: Invalid input: expected object'],
  ])('%s', async (name, message) => {
    await expect(loadProfile(name, cwd)).rejects.toThrow(message)
  })

  it('a file that waits for what never comes is not waited for', async () => {
    const endless = file('endless.mjs', 'await new Promise(() => {})\nexport default {}')
    await expect(loadProfile(endless, cwd)).rejects.toThrow(
      '--profile ./endless.mjs: cannot be read: it is not ready after 10 s; a top-level await in it never ends',
    )
  })

  it('TypeScript where Node cannot read it', () => {
    const error = Object.assign(new TypeError('Unknown file extension ".ts"'), { code: 'ERR_UNKNOWN_FILE_EXTENSION' })
    expect(whyUnreadable(error)).toMatch(/^Node \d+\.\S+ cannot read TypeScript; write it as \.js or \.json/)
  })
})
