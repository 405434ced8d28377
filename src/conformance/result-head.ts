import { requirement } from '../protocol/catalogue.js'
import { levelOf, linkOf } from '../protocol/requirement.js'
import type { Revision } from '../protocol/revisions.js'
import type { Result } from '../report/run.js'
import type { LoadedCheck } from './check.js'

/** What a result says of its check, whatever came of it. */
export type Head = Pick<Result, 'id' | 'title' | 'requirement' | 'keyword' | 'level' | 'rule' | 'link' | 'revision'>

/** What stands of a check in its result before it has run. */
export function headOf(check: LoadedCheck, revision?: Revision): Head {
  const row = requirement(check.requirement)
  return {
    id: check.id,
    title: check.title,
    requirement: row.id,
    keyword: row.level,
    level: levelOf(row),
    rule: row.text,
    link: linkOf(row, revision),
    ...(revision ? { revision } : {}),
  }
}
