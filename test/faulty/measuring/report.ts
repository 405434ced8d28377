import { areaOf } from '../faults.js'
import type { Reading } from './run-tester.js'

/** What a measurement needs to know of a fault of either era. */
export interface Planted {
  id: string
  requirement: string
  level: 'MUST' | 'SHOULD'
  combos: string[]
  summary: string
}

/** Result of the tester on one fault. */
export interface Verdict {
  fault: Planted
  combo: string
  found: boolean
  /** Check ids reported here and not on the clean server. */
  gained: string[]
  /** One of the gained checks is about the very requirement that is broken. */
  exact: boolean
  /** Check ids reported on the clean server and not here. */
  lost: string[]
  seconds: number
  trouble?: string
}

/** Result of the tester on the clean server of a combination. */
export interface CleanVerdict {
  combo: string
  reading: Reading
}

/** Compares a reading with the clean one. */
export function judge(fault: Planted, combo: string, clean: Reading, reading: Reading): Verdict {
  const gained = [...reading.findings.keys()].filter((id) => !clean.findings.has(id))
  const lost = [...clean.findings.keys()].filter((id) => !reading.findings.has(id))
  const usable = reading.trouble === undefined && clean.trouble === undefined
  const found = usable && gained.length + lost.length > 0
  const exact = usable && gained.some((id) => reading.requirements.get(id) === fault.requirement)
  const verdict: Verdict = { fault, combo, found, exact, gained, lost, seconds: reading.seconds }
  if (reading.trouble !== undefined) verdict.trouble = reading.trouble
  return verdict
}

function share(verdicts: Verdict[]): string {
  if (verdicts.length === 0) return '      -     '
  const found = verdicts.filter((verdict) => verdict.found).length
  const percent = Math.round((100 * found) / verdicts.length)
  return `${String(found).padStart(3)}/${String(verdicts.length).padEnd(3)} ${String(percent).padStart(3)} %`
}

function row(name: string, verdicts: Verdict[]): string {
  const of = (level: string) => verdicts.filter((verdict) => verdict.fault.level === level)
  return `${name.padEnd(26)} ${share(verdicts)}   ${share(of('MUST'))}   ${share(of('SHOULD'))}`
}

function groups(verdicts: Verdict[], key: (verdict: Verdict) => string): string[] {
  const names = [...new Set(verdicts.map(key))]
  return names.map((name) =>
    row(
      name,
      verdicts.filter((verdict) => key(verdict) === name),
    ),
  )
}

function missed(verdicts: Verdict[]): string[] {
  return verdicts
    .filter((verdict) => !verdict.found)
    .map(({ fault, combo, trouble }) => {
      const reason = trouble === undefined ? '' : `  [${trouble}]`
      return `  ${fault.level.padEnd(6)} ${fault.id.padEnd(36)} ${combo.padEnd(22)} ${fault.requirement}: ${fault.summary}${reason}`
    })
}

/** Everything that was reported on the clean servers. */
export function cleanLines(clean: CleanVerdict[]): string[] {
  return clean.flatMap(({ combo, reading }) => {
    const head = `${combo.padEnd(22)} ${reading.findings.size} findings, ${reading.seconds.toFixed(1)} s`
    const trouble = reading.trouble === undefined ? [] : [`  ! ${reading.trouble}`]
    const findings = [...reading.findings].map(([id, status]) => `  ${status} ${id}: ${reading.messages.get(id) ?? ''}`)
    return [head, ...trouble, ...findings]
  })
}

/** The whole report as text. */
export function reportText(clean: CleanVerdict[], verdicts: Verdict[]): string {
  const exact = verdicts.filter((verdict) => verdict.exact)
  const onlyLost = verdicts.filter((verdict) => verdict.found && verdict.gained.length === 0)
  const seconds = verdicts.reduce((sum, verdict) => sum + verdict.seconds, 0) / Math.max(1, verdicts.length)
  return [
    'Reported on the clean servers',
    ...cleanLines(clean),
    '',
    `${'found'.padEnd(26)} ${'all'.padEnd(13)}  ${'MUST'.padEnd(13)}  SHOULD`,
    row('total', verdicts),
    '',
    ...groups(verdicts, (verdict) => areaOf(verdict.fault)),
    '',
    ...groups(verdicts, (verdict) => verdict.combo),
    '',
    `found by a check of the same requirement: ${exact.length}; found only by losing a finding: ${onlyLost.length}`,
    `mean ${seconds.toFixed(1)} s per run; ${verdicts.filter((verdict) => verdict.trouble !== undefined).length} unusable runs`,
    '',
    'Missed',
    ...missed(verdicts),
    '',
  ].join('\n')
}
