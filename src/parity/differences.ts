import type { Difference, PatchOperation } from '../report/parity.js'
import { patchOf, valueAt } from './json-patch.js'
import { nameOf } from './names.js'

const kinds = { remove: 'missing', add: 'added', replace: 'changed' } as const

/** What differs between two pictures, in the order of their paths; each state is told by the paths that vary and those to ignore. */
export function differencesOf(
  original: object,
  converted: object,
  { varying, ignore }: { varying: readonly string[]; ignore: readonly string[] },
): { differences: Difference[]; patch: PatchOperation[] } {
  const ignored = ignore.map(globOf)
  const told = patchOf(original, converted).map((operation): { operation: PatchOperation; difference: Difference } => {
    const { op, path } = operation
    const [was, is] = [valueAt(original, path), valueAt(converted, path)]
    const state = ignored.some((glob) => glob.test(path))
      ? 'ignored'
      : varying.some((other) => path === other || path.startsWith(`${other}/`)) && kindOf(was) === kindOf(is)
        ? 'volatile'
        : 'differs'
    const difference = {
      path,
      name: nameOf(path),
      kind: kinds[op],
      ...(op === 'add' ? {} : { original: was }),
      ...(op === 'remove' ? {} : { converted: is }),
      state,
    } satisfies Difference
    return { operation, difference }
  })
  return {
    differences: told.map(({ difference }) => difference),
    patch: told.filter(({ difference }) => difference.state === 'differs').map(({ operation }) => operation),
  }
}

/** How many values a document holds. */
export function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, one) => sum + countValues(one), 0)
}

/** A glob over JSON pointers: `*` is one step, `**` any number; what lies below is meant too. */
export function globOf(glob: string): RegExp {
  const steps = glob
    .split('/')
    .slice(1)
    .map((step) =>
      step === '**' ? '(/.*)?' : `/${step.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}`,
    )
  return new RegExp(`^${steps.join('')}(/.*)?$`, 's')
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}
