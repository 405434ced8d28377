import type { Revision } from './revisions.js'

/** The keyword of a rule as the spec writes it (BCP 14); ADVICE is ours: interoperability and deployment. */
export type Keyword = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY' | 'ADVICE'

/** How a report grades a rule: what is broken at MUST fails the gate, at SHOULD and ADVICE it warns. */
export type Level = 'MUST' | 'SHOULD' | 'ADVICE'

/** One rule of the spec that can be observed from outside, in our own words. */
export interface Requirement {
  id: string
  level: Keyword
  first: Revision
  last: Revision
  area: string
  /** Path below `https://modelcontextprotocol.io/`, the revision first, or a full URL where the source lies elsewhere. */
  anchor: string
  /** Where the force comes from: a capitalised keyword, the schema, a wire-defining sentence, another standard, the guide. */
  force: 'keyword' | 'schema' | 'declarative' | 'by-ref' | 'guide' | 'practice'
  era: 'stateful' | 'stateless' | 'both' | 'legacy-sse'
  /** What a run must have or be given before the rule can be seen. */
  needs: readonly string[]
  text: string
  how: string
}

/** The grade of a rule in reports; a MAY row is a permission and is never broken. */
export function levelOf(requirement: Requirement): Level {
  if (requirement.level.startsWith('MUST')) return 'MUST'
  return requirement.level === 'ADVICE' ? 'ADVICE' : 'SHOULD'
}

/** Pages and headings that 2026-07-28 moved, and where older revisions have them. */
const moved: readonly [RegExp, string][] = [
  [/basic\/patterns\//, 'basic/utilities/'],
  [/basic\/transports\/(index|streamable-http)/, 'basic/transports'],
  [/#sending-messages$|#receiving-messages$/, '#sending-messages-to-the-server'],
  [/#security--endpoint$/, '#security-warning'],
]

/** The page that states the rule: that of the revision spoken, where one is given, else of the last revision with the rule. */
export function linkOf(requirement: Requirement, revision?: Revision): string {
  const { anchor } = requirement
  if (anchor.startsWith('https://')) return anchor
  const base = 'https://modelcontextprotocol.io/'
  if (anchor.startsWith('docs/')) return base + anchor
  const last = anchor.slice(0, 10)
  const path = anchor.slice(10)
  if (revision === undefined || revision >= last) return `${base}specification/${anchor}`
  const older = moved.reduce((text, [from, to]) => text.replace(from, to), path)
  return `${base}specification/${revision}${older}`
}
