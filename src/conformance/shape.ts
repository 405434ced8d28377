import type { Revision } from '../protocol/revisions.js'
import { type ShapeName, shapeProblems } from '../protocol/shapes/index.js'
import type { Client } from './client.js'
import { assume } from './expect.js'
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

/** Every page of a list must have its shape; the control is that the list is answered with a result at all. */
export async function expectPages(client: Client, method: string, name: ShapeName): Promise<void> {
  const survey = await client.survey()
  const pages = survey.results(method)
  assume(pages.length > 0, `${method} is answered with a result`, survey.step(method)?.reply)
  for (const page of pages) expectShape(page, name, client.revision, `the result of ${method}`)
}
