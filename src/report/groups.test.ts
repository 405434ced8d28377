import { expect, it } from 'vitest'
import { resultOf } from '../../test/support/runs.js'
import { groupByCause } from './groups.js'

const rows: [what: string, causes: (string | undefined)[], groups: [cause: string | undefined, ids: string[]][]][] = [
  ['nothing', [], []],
  [
    'each alone without a cause',
    [undefined, undefined],
    [
      [undefined, ['a/0']],
      [undefined, ['a/1']],
    ],
  ],
  [
    'a cause of one is no headline',
    ['x', undefined],
    [
      [undefined, ['a/0']],
      [undefined, ['a/1']],
    ],
  ],
  [
    'a shared cause gathers at its first place',
    ['x', undefined, 'x', 'y'],
    [
      ['x', ['a/0', 'a/2']],
      [undefined, ['a/1']],
      [undefined, ['a/3']],
    ],
  ],
]
it.each(rows)('%s', (_, causes, groups) => {
  const results = causes.map((cause, index) => resultOf(`a/${index}`, { status: 'fail', ...(cause ? { cause } : {}) }))
  const found = groupByCause(results).map((group) => [group.cause, group.results.map((result) => result.id)])
  expect(found).toEqual(groups)
})
