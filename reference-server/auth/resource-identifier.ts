/**
 * The canonical form of a resource identifier: lower-case scheme and host, no trailing slash
 * (auth-resource-no-trailing-slash, auth-resource-case-tolerant); undefined for what is no URL.
 */
export function resourceIdentifier(url: string | URL): string | undefined {
  return URL.canParse(String(url)) ? new URL(url).href.replace(/\/$/, '') : undefined
}
