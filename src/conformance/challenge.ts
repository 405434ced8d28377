import type { Reply } from '../wire/reply.js'

/** One challenge of a WWW-Authenticate field (RFC 9110 section 11.6.1). Parameter names are in lower case. */
export interface Challenge {
  scheme: string
  params: Record<string, string>
}

const name = "[!#$%&'*+.^_`|~\\w-]+"
const param = new RegExp(`^(${name})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\.)*)"|(${name})(?=[ \\t]*(?:,|$))|([^\\s,"]+))`)
const scheme = new RegExp(`^(${name})(?:[ \\t]+|(?=,)|$)`)
const token68 = /^[\w.~+/-]+=*(?=\s*(,|$))/

/** All challenges of a reply, and whether every field kept to the grammar; a value that should be quoted is read all the same. */
export function challengesOf(reply: Reply): { challenges: Challenge[]; wellFormed: boolean } {
  const challenges: Challenge[] = []
  let wellFormed = true
  const fields = reply.headers.filter(([field]) => field.toLowerCase() === 'www-authenticate')
  for (const [, value] of fields) wellFormed = read(value, challenges) && wellFormed
  return { challenges, wellFormed }
}

/** The challenge of that scheme, or undefined. */
export function challengeOf(reply: Reply, wanted: string): Challenge | undefined {
  return challengesOf(reply).challenges.find((one) => one.scheme.toLowerCase() === wanted.toLowerCase())
}

function read(value: string, into: Challenge[]): boolean {
  let rest = value.trim()
  let wellFormed = rest !== ''
  let current: Challenge | undefined
  while (rest !== '') {
    const found = current && param.exec(rest)
    const start = found ? undefined : scheme.exec(rest)
    if (found) {
      current!.params[found[1]!.toLowerCase()] ??= found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? found[4]!
      if (found[4] !== undefined) wellFormed = false
      rest = rest.slice(found[0].length)
    } else if (start) {
      current = { scheme: start[1]!, params: {} }
      into.push(current)
      rest = rest.slice(start[0].length)
      const bare = param.test(rest) ? undefined : token68.exec(rest)
      if (bare && !scheme.test(rest)) rest = rest.slice(bare[0].length)
    } else return false
    const comma = /^[ \t]*(,[ \t,]*)?/.exec(rest)!
    if (found && rest.length > comma[0].length && !comma[1]) wellFormed = false
    rest = rest.slice(comma[0].length)
  }
  return wellFormed
}
