import type { Issuer } from './issuer.js'
import { SCOPES } from './scopes.js'

const PROTECTED_RESOURCE = '/.well-known/oauth-protected-resource'

/** Where RFC 9728 puts the metadata of a resource: between its host and its path. */
export function resourceMetadataPath(resource: string): string {
  return `${PROTECTED_RESOURCE}${new URL(resource).pathname.replace(/\/$/, '')}`
}

/** All documents of a protected server by path. The authorization server's is at the host root (2025-03-26). */
export function metadataDocuments(issuer: Issuer, resource: string, endpoint: string): Map<string, object> {
  const protectedResource = {
    resource,
    authorization_servers: [issuer.url],
    scopes_supported: SCOPES,
    bearer_methods_supported: ['header'],
    resource_name: 'Weather',
  }
  const authorizationServer = {
    issuer: issuer.url,
    token_endpoint: new URL('/token', issuer.url).href,
    jwks_uri: new URL('/jwks', issuer.url).href,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: SCOPES,
  }
  return new Map<string, object>([
    [PROTECTED_RESOURCE, protectedResource],
    [`${PROTECTED_RESOURCE}${endpoint}`, protectedResource],
    [resourceMetadataPath(resource), protectedResource],
    ['/.well-known/oauth-authorization-server', authorizationServer],
    ['/jwks', issuer.jwks],
  ])
}
