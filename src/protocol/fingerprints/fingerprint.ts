/** Whose part of the way from client to tool broke. */
export type Layer = 'network' | 'proxy or WAF' | 'framework' | 'SDK' | 'your code'

/** The step of the way to a tool call at which something shows, in the order `doctor` goes through them. */
export type StepId =
  | 'dns'
  | 'tcp'
  | 'tls'
  | 'proxy'
  | 'redirect'
  | 'host'
  | 'waf'
  | 'path'
  | 'body'
  | 'accept'
  | 'auth'
  | 'handshake'
  | 'list'
  | 'call'

/** One request and its answer, as fingerprints look at them. Header names of any case. */
export interface Sighting {
  method: string
  url: string
  sent: readonly (readonly [string, string])[]
  sentBody?: string
  status: number
  headers: readonly (readonly [string, string])[]
  body: string
}

/** How to mend it in one stack; without a stack it holds for all. */
export interface Fix {
  stack?: string
  text: string
}

/** Something that goes wrong on real servers, by the exact traces it leaves. All conditions given must hold. */
export interface Fingerprint {
  id: string
  layer: Layer
  step: StepId
  status?: readonly number[]
  /** Matches the body of the answer. */
  body?: RegExp
  /** A header of the answer, and what its value matches. */
  header?: readonly [name: string, value: RegExp]
  /** A further condition that texts cannot express. */
  when?(sighting: Sighting): boolean
  /** What it is, as a headline. */
  cause: string
  fixes: readonly Fix[]
  /** Where it is described. */
  link: string
}

/** True where every condition of the fingerprint holds. */
export function matches(print: Fingerprint, sighting: Sighting): boolean {
  const { status, body, header, when } = print
  if (status && !status.includes(sighting.status)) return false
  if (body && !body.test(sighting.body.slice(0, 8000))) return false
  if (header && !header[1].test(field(sighting.headers, header[0]) ?? '')) return false
  return when?.(sighting) ?? true
}

/** A header by name, whatever its case. */
export function field(headers: Sighting['headers'], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1]
}

/** The fixes of a fingerprint as one text. */
export function fixText({ fixes }: Pick<Fingerprint, 'fixes'>): string {
  return fixes.map(({ stack, text }) => (stack ? `${stack}: ${text}` : text)).join(' ')
}

/** True where what was sent is JSON: a complaint about its form then is about what the server read, not about what was sent. */
export function sentJson({ sentBody }: Sighting): boolean {
  if (!sentBody) return false
  try {
    JSON.parse(sentBody)
    return true
  } catch {
    return false
  }
}

/** The URL a redirect leads to, and the one it came from. */
export function redirection({ url, headers, status }: Sighting): { from: URL; to: URL } | undefined {
  const location = field(headers, 'location')
  if (status < 300 || status > 399 || !location || !URL.canParse(location, url)) return undefined
  return { from: new URL(url), to: new URL(location, url) }
}

/** What a fingerprint tells the user: part of the Run document. */
export interface Remedy {
  /** Id of the fingerprint. */
  fingerprint: string
  layer: Layer
  cause: string
  fix: string
  link: string
}

/** What a fingerprint tells the user. */
export function remedyOf(print: Fingerprint): Remedy {
  const { id, layer, cause, link } = print
  return { fingerprint: id, layer, cause, fix: fixText(print), link }
}
