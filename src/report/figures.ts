/** Milliseconds in at most five characters: `1.98`, `12.4`, `143`, `1,204`, `12.3s`. */
export function ms(value: number): string {
  if (value < 9.995) return value.toFixed(2)
  if (value < 99.95) return value.toFixed(1)
  if (value < 9999.5) return whole(value)
  return value < 99_950 ? `${(value / 1000).toFixed(1)}s` : `${whole(value / 1000)}s`
}

/** Milliseconds with their unit, for sentences: `1.98 ms`, `12.3 s`. */
export function msUnit(value: number): string {
  const text = ms(value)
  return text.endsWith('s') ? `${text.slice(0, -1)} s` : `${text} ms`
}

/** A count with separators, in at most ten characters: `48,210`, `12.3M`. */
export function whole(value: number): string {
  return value >= 99_999_999.5 ? `${(value / 1e6).toFixed(1)}M` : Math.round(value).toLocaleString('en-US')
}

/** A rate per second: `0.25`, `20`, `48.2`, `4,821`. */
export function perSecond(value: number): string {
  if (value >= 99.95) return whole(value)
  return String(Number(value.toFixed(value < 9.995 ? 2 : 1)))
}

/** A share of a whole as a percentage; a share that is not zero never reads as zero, one below all never as 100 %. */
export function percent(part: number, all: number): string {
  if (part === 0 || all === 0) return '0 %'
  const value = (part / all) * 100
  if (value < 0.01) return '<0.01 %'
  if (value > 99.95 && part < all) return '>99.9 %'
  return `${value < 1 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : '100'} %`
}

/** Seconds of a stretch of time: `0.4 s`, `10 s`, `10.4 s`. */
export function seconds(value: number): string {
  return `${Number(value.toFixed(1))} s`
}

/** MiB of memory. */
export function mib(value: number): string {
  return `${value < 99.95 ? value.toFixed(1) : whole(value)} MiB`
}

/** Bytes in the unit that fits. */
export function bytes(value: number): string {
  if (value < 1024) return `${whole(value)} B`
  if (value < 1024 ** 2) return `${(value / 1024).toFixed(1)} KiB`
  return value < 1024 ** 3 ? `${(value / 1024 ** 2).toFixed(1)} MiB` : `${(value / 1024 ** 3).toFixed(1)} GiB`
}

/** A count with its noun: `1 check`, `2 checks`; `several` where an s does not do. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${whole(count)} ${count === 1 ? noun : several}`
}
