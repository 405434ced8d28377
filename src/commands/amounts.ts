import { UsageError } from '../usage-error.js'

const seconds: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 }

/** Reads a stretch of time such as `30s`, `500ms`, `1m30s` or `2h` into seconds. Throws UsageError for anything else, a bare number included. */
export function parseDuration(text: string, flag: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
  const total = parts.reduce((sum, [, number, unit]) => sum + Number(number) * seconds[unit!]!, 0)
  if (parts.map(([part]) => part).join('') !== text.replaceAll(' ', '') || !(total > 0))
    throw new UsageError(`${flag} ${text}: give a time with its unit, such as 500ms, 30s or 1m30s`)
  if (total > 86_400) throw new UsageError(`${flag} ${text}: a day is the most`)
  return total
}

/** Reads a rate such as `200/s`, `200` (per second) or `90/m` into requests per second. Throws UsageError for anything else. */
export function parseRate(text: string, flag: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(?:\/(s|m))?$/.exec(text.replaceAll(' ', '')) ?? []
  const rate = Number(number) / (unit === 'm' ? 60 : 1)
  if (!(rate > 0)) throw new UsageError(`${flag} ${text}: give requests per second, such as 200/s, or 90/m per minute`)
  if (rate > 1e6) throw new UsageError(`${flag} ${text}: a million per second is the most`)
  return rate
}

const bytes: Record<string, number> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** Reads an amount of memory such as `512m`, `1.5g` or `300000k` into bytes, as Docker does. Throws UsageError for anything else. */
export function parseMemory(text: string, flag: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([bkmg])b?$/i.exec(text.trim()) ?? []
  const total = Math.round(Number(number) * bytes[unit?.toLowerCase() ?? '']!)
  if (!(total > 0)) throw new UsageError(`${flag} ${text}: give an amount with its unit, such as 512m or 2g`)
  if (total < 6 * bytes.m!) throw new UsageError(`${flag} ${text}: 6m is the least that a container can have`)
  return total
}

/** Picks one of a few words. Throws UsageError that names them all. */
export function oneOf<T extends string>(text: string, words: readonly T[], flag: string): T {
  const found = words.find((word) => word === text)
  if (!found) throw new UsageError(`${flag} ${text}: choose ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`)
  return found
}
