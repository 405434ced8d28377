import type { Requirement } from '../requirement.js'

/** Catalogue rows of the area `discover`: what the spec asks, where it says so, and how a black box can see it. */
export const discover: readonly Requirement[] = [
  { id: 'discover-implemented', level: 'MUST', first: '2026-07-28', last: '2026-07-28', area: 'discover', anchor: '2026-07-28/server/discover', force: 'keyword', era: 'stateless',
    needs: [],
    text: 'server/discover is implemented',
    how: 'Call it with valid headers and _meta; expect a DiscoverResult' },
  { id: 'discover-versions-truthful', level: 'MUST', first: '2026-07-28', last: '2026-07-28', area: 'discover', anchor: '2026-07-28/server/discover#discoverresult', force: 'declarative', era: 'stateless',
    needs: [],
    text: 'supportedVersions lists the versions the server really supports',
    how: 'Probe each listed modern version (must work) and confirm the version in use is listed' },
]
