import type { Revision } from '../protocol/revisions.js'
import { type ShapeName, shapeProblems } from '../protocol/shapes/index.js'
import { Violation } from './violation.js'

/** The value must have the shape the revision's schema gives it; the first few deviations are reported by their path. */
export function expectShape(value: unknown, name: ShapeName, revision: Revision, what: string): void {
  const found = shapeProblems(name, value, revision)
  if (found.length > 0)
    throw new Violation(
      `${what} does not have the form of ${name} in ${revision}: ${found.slice(0, 3).join('; ')}`,
      name,
      value,
    )
}
