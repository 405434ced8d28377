/** Header fields in order, as they go over the wire; a name may stand more than once. */
export type HeaderList = [name: string, value: string][]

/** Changes to a set of headers: a text sets the field, a list sends it several times, `null` leaves it out. */
export type HeaderChanges = Record<string, string | string[] | null | undefined>

/** Applies changes to headers, names compared without regard to case. */
export function changeHeaders(base: HeaderList, changes: HeaderChanges = {}): HeaderList {
  const touched = new Set(
    Object.keys(changes)
      .filter((name) => changes[name] !== undefined)
      .map((name) => name.toLowerCase()),
  )
  const kept = base.filter(([name]) => !touched.has(name.toLowerCase()))
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) kept.push([name, one])
  }
  return kept
}

const credentialName =
  /^(authorization|proxy-authorization|(set-)?cookie2?)$|token|secret|password|credential|api[-_]?key|auth/i

/** True when a header field of that name carries a credential: it is left out of anonymous requests and of every output. */
export function isCredential(name: string): boolean {
  return credentialName.test(name) && !/-authenticate$/i.test(name)
}

/** The first value of a field, or undefined. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** The media type of a Content-Type value in lower case, without its parameters; empty when there is none. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]!.trim().toLowerCase()
}

/** The value of a field in a list of names and values in turn; `name` is in lower case, those of the list are not. */
export function fieldOf(fields: readonly string[], name: string): string | undefined {
  for (let i = 0; i < fields.length; i += 2)
    if (fields[i]!.length === name.length && fields[i]!.toLowerCase() === name) return fields[i + 1]
  return undefined
}
