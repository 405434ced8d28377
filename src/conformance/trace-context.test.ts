import { expect, it } from 'vitest'
import { traceContext, traceProblem } from './trace-context.js'

const problem = (_meta: object) => traceProblem({ result: { _meta } })

it('knows the W3C formats', () => {
  expect(problem(traceContext)).toBeUndefined()
  expect(problem({ tracestate: '', 'com.example/traceparent': 'free' })).toBeUndefined()
  expect(problem({ baggage: 'a = 1 ; b, c=2' })).toBeUndefined()
})

it.each([
  { traceparent: '00-0AF7651916CD43DD8448EB211C80319C-00f067aa0ba902b7-01' },
  { traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01' },
  { traceparent: 'abc' },
  { traceparent: { id: 1 } },
  { tracestate: 'no value' },
  { baggage: 'key' },
  { baggage: 'a b=1' },
])('finds what is wrong in %j', (meta) => {
  expect(problem(meta)).toContain(Object.keys(meta)[0])
})
