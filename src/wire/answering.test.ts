import { expect, it } from 'vitest'
import { Answering } from './answering.js'

const asked = { jsonrpc: '2.0', id: 'one', method: 'elicitation/create', params: {} }

it('without a word of its own it answers as a client without capabilities', () => {
  const answering = new Answering()
  expect(answering.to({ ...asked, method: 'ping' })).toEqual({ jsonrpc: '2.0', id: 'one', result: {} })
  expect(answering.to(asked)).toMatchObject({ id: 'one', error: { code: -32601 } })
  expect(answering.to({ jsonrpc: '2.0', method: 'notifications/message' })).toBe(undefined)
})

it('what it is told to say goes out under the id of the request, and null is silence', () => {
  expect(new Answering(() => ({ result: { action: 'decline' } })).to(asked)).toEqual({
    jsonrpc: '2.0',
    id: 'one',
    result: { action: 'decline' },
  })
  expect(new Answering(() => null).to(asked)).toBe(undefined)
})

it('a flood of requests is answered fifty times', () => {
  const answering = new Answering()
  const answers = Array.from({ length: 60 }, () => answering.to(asked)).filter((one) => one !== undefined)
  expect(answers.length).toBe(50)
})
