import { z } from 'zod'
import { revisions } from '../protocol/revisions.js'
import type { BaselineEntry } from '../report/run.js'
import { UsageError } from '../usage-error.js'
import { problem, shaped, suggestion } from './problem.js'
import { readSource } from './source.js'

const entry = z.strictObject({
  check: z.string(),
  target: z.string().exactOptional(),
  revision: z.enum(revisions).exactOptional(),
  reason: z.string().trim().min(1, 'say why this failure is known'),
  expires: z.iso.date({ error: 'write the last day it holds as YYYY-MM-DD' }).exactOptional(),
})
const shape = z.strictObject({ known: z.array(entry).nullable() })

/** Reads the known failures of a baseline file, YAML or JSON. Throws a UsageError for one that is none, and for ids that are no check's. */
export async function readBaseline(path: string, file: string, ids: readonly string[]): Promise<BaselineEntry[]> {
  supported(file)
  const source = await readSource(path, file)
  const entries = shaped(source, shape).known ?? []
  entries.forEach(({ check, target, revision }, at) => {
    if (!ids.includes(check)) {
      const near = suggestion(check, ids)
      throw problem(
        source,
        ['known', at, 'check'],
        `there is no check "${check}"; ${near ? `did you mean "${near}"?` : 'mcp-gauntlet list shows every id'}`,
      )
    }
    const twin = entries.findIndex(
      (other) => other.check === check && other.target === target && other.revision === revision,
    )
    if (twin < at) throw problem(source, ['known', at, 'check'], `"${check}" is listed twice; keep one of the two`)
  })
  return entries
}

const head = ` Known failures of this server: mcp-gauntlet check --baseline takes them for known, and fails once one of them passes.
 --update-baseline adds what fails now and drops what passes; reasons and dates are kept.`

/** The text of a baseline file; comments of the text that was there before are kept where it is YAML. */
export async function baselineText(file: string, entries: readonly BaselineEntry[], before?: string): Promise<string> {
  supported(file)
  if (file.endsWith('.json')) return `${JSON.stringify({ known: entries }, null, 2)}\n`
  const { Document, isSeq, parseDocument } = await import('yaml')
  const document = before === undefined ? new Document({ known: [] }) : parseDocument(before)
  if (before === undefined) document.commentBefore = head
  const list = document.get('known')
  const nodes: any[] = isSeq(list) ? list.items : []
  const sequence: any = isSeq(list) ? list : document.createNode([])
  sequence.items = entries.map((one) => nodes.find((node) => same(node.toJSON(), one)) ?? document.createNode(one))
  sequence.flow = entries.length === 0
  document.set('known', sequence)
  return document.toString({ lineWidth: 0 })
}

function same(one: BaselineEntry, other: BaselineEntry): boolean {
  return one.check === other.check && one.target === other.target && one.revision === other.revision
}

/** The form of a baseline file follows from its name. */
function supported(file: string): void {
  if (!/\.(ya?ml|json)$/.test(file)) throw new UsageError(`${file}: a baseline is a .yaml, .yml or .json file`)
}
