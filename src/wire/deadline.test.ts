import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { deadline } from './deadline.js'

const ended = (signal: AbortSignal) =>
  new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason.name)))

test('the time limit holds though garbage is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc')
  const { signal } = deadline(60, new AbortController().signal)
  const reason = ended(signal)
  runInNewContext('gc')()
  expect(await reason).toBe('TimeoutError')
})

test('the first of the other signals aborts it, with its reason', async () => {
  const other = new AbortController()
  const { signal } = deadline(60_000, undefined, other.signal)
  const reason = ended(signal)
  other.abort()
  expect(await reason).toBe('AbortError')
})

test('a signal that has aborted before aborts it at once', () => {
  expect(deadline(60_000, AbortSignal.abort()).signal.aborted).toBe(true)
})

test('once released it never aborts', async () => {
  const other = new AbortController()
  const { signal, release } = deadline(10, other.signal)
  release()
  other.abort()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(signal.aborted).toBe(false)
})
