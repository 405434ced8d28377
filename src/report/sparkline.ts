const blocks = '▁▂▃▄▅▆▇█'

/**
 * A row of at most `width` bars for a series: each stands for one value, or, where there are more values than room, for the worst of some:
 * `pick` says which that is. Bars grow from zero to the greatest value; what was not measured is a blank.
 */
export function sparkline(values: readonly (number | undefined)[], width: number, pick = Math.max): string {
  const bars = squeeze(values, width, pick)
  const top = Math.max(...bars.map((value) => value ?? 0))
  return bars
    .map((value) =>
      value === undefined ? ' ' : blocks[top > 0 ? Math.round((value / top) * (blocks.length - 1)) : 0]!,
    )
    .join('')
}

function squeeze(
  values: readonly (number | undefined)[],
  width: number,
  pick: (...values: number[]) => number,
): (number | undefined)[] {
  const per = Math.max(1, Math.ceil(values.length / width))
  const groups = Array.from({ length: Math.ceil(values.length / per) }, (_, at) =>
    values.slice(at * per, (at + 1) * per),
  )
  return groups.map((group) => {
    const known = group.filter((value) => value !== undefined)
    return known.length > 0 ? pick(...known) : undefined
  })
}
