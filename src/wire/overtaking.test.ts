import { expect, it } from 'vitest'
import { Overtaking } from './overtaking.js'

it.each<[string, [sent: number, answered: number][], number, boolean]>([
  ['nothing was answered: the server may be busy', [], 9000, false],
  ['an earlier request was answered', [[50, 60]], 9000, false],
  ['a later one was answered a moment ago: the next answer may be ours', [[200, 8500]], 9000, false],
  ['a later one was answered a while ago', [[200, 7900]], 9000, true],
  [
    'of several later ones one was answered long ago',
    [
      [300, 8900],
      [200, 400],
    ],
    9000,
    true,
  ],
])('%s', (_, answers, now, passed) => {
  const overtaking = new Overtaking()
  for (const [sent, answered] of answers) overtaking.answered(sent, answered)
  expect(overtaking.passed(100, now)).toBe(passed)
})
