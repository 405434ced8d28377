import type { Run } from './run.js'

/** True for a value that has the outer form of a Run document of schema 1: enough for every report to render it. */
export function isRun(value: unknown): value is Run {
  if (!isObject(value) || value.schema !== 1 || typeof value.startedAt !== 'string') return false
  if (!isObject(value.verdict) || typeof value.verdict.sentence !== 'string' || !isObject(value.verdict.counts))
    return false
  if (!isObject(value.gate) || !Array.isArray(value.parts) || !Array.isArray(value.results)) return false
  return value.parts.every((part) => isObject(part?.target)) && value.results.every(isResult)
}

function isResult(value: any): boolean {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    isObject(value.outcome) &&
    Array.isArray(value.exchanges) &&
    typeof value.rule === 'string'
  )
}

function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
