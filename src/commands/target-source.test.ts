import { expect, it } from 'vitest'
import { type SourceFlags, targetSource } from './target-source.js'

const world = { env: { HERE: 'value' } }

it('reads every flag', () =>
  expect(
    targetSource(
      '/mcp',
      {
        ...{ image: 'x', containerPort: '3000', cpus: '0.5', memory: '512m', waitFor: '1m30s' },
        env: ['A=b=c', 'HERE', 'EMPTY='],
      },
      world,
    ),
  ).toEqual({
    image: 'x',
    containerPort: 3000,
    cpus: 0.5,
    memoryBytes: 512 * 1024 * 1024,
    waitSeconds: 90,
    env: { A: 'b=c', HERE: 'value', EMPTY: '' },
  }))

it.each<[flags: SourceFlags, words: RegExp]>([
  [{ image: 'x', memory: '512' }, /^--memory 512: give an amount with its unit/],
  [{ image: 'x', memory: '1k' }, /^--memory 1k: 6m is the least/],
  [{ image: 'x', cpus: '0' }, /^--cpus 0: give a number of cores/],
  [{ image: 'x', containerPort: '70000' }, /^--container-port 70000: 65535 is the highest/],
  [{ start: 'x', env: ['THERE'] }, /^--env THERE: the environment variable THERE is not set/],
  [{ start: 'x', env: ['=b'] }, /^--env =b: write NAME=value/],
  [{ start: 'x', waitFor: '9' }, /^--wait-for 9: give a time with its unit/],
  [{ start: 'x', cpus: '1' }, /^--cpus means something only with --image or --dockerfile/],
  [{ start: 'x', dockerfile: '.' }, /^--start and --dockerfile: a server comes from one place/],
  [{ image: 'x', mcpConfig: 'y' }, /^--mcp-config and --image: a server comes from one place/],
  [{ server: 'x' }, /^--server means something only with --mcp-config/],
])('%o: a usage error', (flags, words) => expect(() => targetSource(undefined, flags, world)).toThrow(words))
