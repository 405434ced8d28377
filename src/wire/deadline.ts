/** A signal with a time limit. */
export interface Deadline {
  signal: AbortSignal
  /** Takes the limit back; the signal then stays as it is. */
  release(): void
}

/**
 * Aborts after `ms`, with a TimeoutError as the reason, or with the first of `others`. AbortSignal.timeout within AbortSignal.any is no
 * way to do this: Node.js 20 lets the timeout be collected as garbage, and the signal never aborts.
 */
export function deadline(ms: number, ...others: (AbortSignal | undefined)[]): Deadline {
  const over = new AbortController()
  const known = others.filter((one) => one !== undefined)
  const timer = setTimeout(() => over.abort(new DOMException(`${ms} ms are over`, 'TimeoutError')), ms).unref()
  const follow = () => over.abort(known.find(({ aborted }) => aborted)?.reason)
  const release = () => {
    clearTimeout(timer)
    for (const one of known) one.removeEventListener('abort', follow)
  }
  over.signal.addEventListener('abort', release, { once: true })
  for (const one of known) one.addEventListener('abort', follow, { once: true })
  if (known.some(({ aborted }) => aborted)) follow()
  return { signal: over.signal, release }
}
