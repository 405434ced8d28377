import { expect, it } from 'vitest'
import { alteredStates } from './request-state.js'

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

it.each([
  `v1.${encoded({ step: 1, user: { name: 'A' } })}.c2lnbmF0dXJlLW9mLWl0`,
  encoded({ step: 1, done: [true] }),
  JSON.stringify({ step: 1 }),
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  'x',
])('changes %s in ways that differ from it', (state) => {
  const altered = alteredStates(state, 'mark')
  expect(altered.length).toBeGreaterThan(1)
  for (const one of altered) expect(one.state).not.toBe(state)
})

it('changes one value of a readable state at a time, and says whether a signature should have told', () => {
  const sealed = `${encoded({ step: 1, user: { name: 'A' } })}.c2lnbmF0dXJlLW9mLWl0`
  const inside = alteredStates(sealed, 'mark').filter(({ what }) => what.includes('value'))
  const read = inside.map(({ state }) => JSON.parse(Buffer.from(state.split('.')[0]!, 'base64url').toString()))
  expect(read).toEqual([
    { step: 2, user: { name: 'A' } },
    { step: 1, user: { name: 'mark' } },
  ])
  expect(inside.every(({ signed, state }) => signed && state.endsWith('.c2lnbmF0dXJlLW9mLWl0'))).toBe(true)
  expect(alteredStates(encoded({ step: 1 }), 'mark').some(({ signed }) => signed)).toBe(false)
})
