let missed = 0

/** Prints whether a bar holds. */
export function bar(holds: boolean, words: string): void {
  console.log(`  ${holds ? 'held  ' : 'MISSED'}  ${words}`)
  if (!holds) missed++
}

/** How many bars were missed until now. */
export function missedBars(): number {
  return missed
}
