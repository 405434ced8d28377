import { closest, distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { UsageError } from '../usage-error.js'
import type { KeyPath, Source } from './source.js'

/** Makes sure that what a file holds has a shape. Throws a UsageError that says which key of which line is wrong, and what to do. */
export function shaped<T>(source: Source, shape: z.ZodType<T>): T {
  const { success, data, error } = shape.safeParse(source.value, { reportInput: true })
  if (success) return data
  const issue = innermost(error.issues[0]!)
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
  throw problem(source, path, wordsOf(issue, shape))
}

/** A UsageError about one key of a file. */
export function problem(source: Source, path: KeyPath, message: string): UsageError {
  const line = source.lineOf(path)
  const key = pathText(source.top ? [source.top, ...path] : path)
  return new UsageError(`${source.file}${line ? ` line ${line}` : ''}: ${key ? `${key}: ` : ''}${message}`)
}

/** A path as the user would write it: `targets[1].check.suites`. */
export function pathText(path: KeyPath): string {
  return path
    .map((one) =>
      typeof one === 'number'
        ? `[${one}]`
        : /^[\w$-]+$/.test(String(one))
          ? `.${String(one)}`
          : `[${JSON.stringify(one)}]`,
    )
    .join('')
    .replace(/^\./, '')
}

/** What was probably meant, among the words there are; undefined where nothing is near. */
export function suggestion(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined
  const known = closest(
    word.toLowerCase(),
    words.map((one) => one.toLowerCase()),
  )
  const near = distance(word.toLowerCase(), known) <= Math.max(2, Math.floor(word.length / 3))
  return near ? words.find((one) => one.toLowerCase() === known) : undefined
}

type Issue = z.core.$ZodIssue

/** Of a value that may have several forms, the problem of the form it is nearest to: the one whose problem lies deepest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors.flatMap((issues) => issues.slice(0, 1))
  const deepest = inner.sort((one, other) => depth(other) - depth(one))[0]
  if (!deepest || depth(deepest) === 0) return issue
  return innermost({ ...deepest, path: [...issue.path, ...deepest.path] } as Issue)
}

function depth(issue: Issue): number {
  return issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)
}

function wordsOf(issue: Issue, shape: z.ZodType): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = keysAt(shape, issue.path)
    const near = suggestion(issue.keys[0]!, keys)
    return `there is no such key; ${near ? `did you mean "${near}"?` : `choose ${keys.join(', ')}`}`
  }
  if (issue.code === 'invalid_value') {
    const near = typeof issue.input === 'string' ? suggestion(issue.input, issue.values.map(String)) : undefined
    return `${shown(issue.input)} is unknown; ${near ? `did you mean "${near}"? ` : ''}choose ${issue.values.join(', ')}`
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing'
  return issue.message.replace(/^Invalid input: /, '')
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** The keys that the object at a path may have. */
function keysAt(shape: any, path: KeyPath): string[] {
  let all = [shape]
  for (const key of path)
    all = all.flatMap(forms).flatMap((one) => one.shape?.[key] ?? one.element ?? one.valueType ?? [])
  return [...new Set(all.flatMap(forms).flatMap((one) => Object.keys(one.shape ?? {})))]
}

/** The forms a value may have: unions taken apart, what is optional unwrapped. */
function forms(shape: any): any[] {
  if (shape?.def?.type === 'lazy') return forms(shape.def.getter())
  if (shape?.options && Array.isArray(shape.options)) return shape.options.flatMap(forms)
  return shape?.unwrap && shape.def.innerType ? forms(shape.unwrap()) : [shape]
}
