import type { Run } from './run.js'

/** True for a value that has the outer form of a Run document of schema 1: enough for every report to render it. */
export function isRun(value: unknown): value is Run {
  if (!isObject(value) || value.schema !== 1 || typeof value.startedAt !== 'string') return false
  if (!isObject(value.verdict) || typeof value.verdict.sentence !== 'string' || !isObject(value.verdict.counts))
    return false
  if (!isObject(value.gate) || !Array.isArray(value.parts) || !Array.isArray(value.results)) return false
  if (!value.parts.every((part) => isObject(part?.target)) || !value.results.every(isResult)) return false
  const { loads, comparisons = [], parities = [] } = value
  if (![loads, comparisons, parities].every(Array.isArray)) return false
  return loads.every(isLoad) && comparisons.every(isComparison) && parities.every(isParity)
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

function isLoad(value: any): boolean {
  const objects = [value?.target, value?.phases, value?.sessions, value?.reconnects, value?.generator]
  const lists = [value?.stages, value?.series, value?.thresholds]
  return objects.every(isObject) && lists.every(Array.isArray) && Object.values(value.phases).every(isPhase)
}

function isPhase(value: any): boolean {
  return [value?.errors, value?.examples, value?.bytes].every(isObject)
}

function isComparison(value: any): boolean {
  return (
    Array.isArray(value?.targets) &&
    value.targets.every(isObject) &&
    Array.isArray(value.trials) &&
    value.trials.every(isTrial)
  )
}

function isParity(value: any): boolean {
  const objects = [value?.original?.stray, value?.original?.stderr, value?.converted]
  const lists = [value?.differences, value?.patch, value?.leftOut]
  return objects.every(isObject) && lists.every(Array.isArray) && value.differences.every(isDifference)
}

function isDifference(value: any): boolean {
  return isObject(value) && [value.path, value.name, value.kind, value.state].every((one) => typeof one === 'string')
}

function isTrial(value: any): boolean {
  const lists = [value?.sides, value?.values]
  return lists.every((list) => Array.isArray(list) && list.every(isObject))
}

function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
