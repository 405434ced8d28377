import { describe, expect, it } from 'vitest'
import { withEnvironment } from './environment.js'

const options = [
  { flags: '--baseline <file>', description: '' },
  { flags: '--require-complete', description: '' },
  { flags: '--only <id-prefix>', description: '', repeatable: true as const },
]
const read = (env: Record<string, string>, flags = {}) => withEnvironment(flags, { options }, { env })

describe('flags from the environment', () => {
  it.each<[Record<string, string>, object]>([
    [{ MCP_GAUNTLET_BASELINE: 'b.yaml' }, { baseline: 'b.yaml' }],
    [{ MCP_GAUNTLET_REQUIRE_COMPLETE: '1' }, { requireComplete: true }],
    [{ MCP_GAUNTLET_REQUIRE_COMPLETE: 'false' }, {}],
    [{ MCP_GAUNTLET_ONLY: 'auth/' }, { only: ['auth/'] }],
    [{ MCP_GAUNTLET_BASELINE: '' }, {}],
    [{ BASELINE: 'b.yaml' }, {}],
  ])('%j: %j', (env, flags) => expect(read(env)).toEqual(flags))

  it('what is typed goes before', () =>
    expect(read({ MCP_GAUNTLET_BASELINE: 'b.yaml' }, { baseline: 'a.yaml' })).toEqual({ baseline: 'a.yaml' }))

  it('a switch that is neither on nor off', () =>
    expect(() => read({ MCP_GAUNTLET_REQUIRE_COMPLETE: 'maybe' })).toThrow(
      'MCP_GAUNTLET_REQUIRE_COMPLETE=maybe: write 1 or 0',
    ))
})
