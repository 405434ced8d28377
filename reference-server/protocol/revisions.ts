/** The revisions this server speaks, oldest first; they compare as strings. */
export const REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const

/** One of {@link REVISIONS}. */
export type Revision = (typeof REVISIONS)[number]

/** The revision without handshake; it is never negotiated, each request names it. */
export const MODERN_REVISION = '2026-07-28'

/** Every revision that requests may be served by. */
export type AnyRevision = Revision | typeof MODERN_REVISION

/** The revision offered to a client that asked for an unknown one (versioning-counteroffer-latest). */
export const LATEST_REVISION: Revision = '2025-11-25'

/** The revision assumed when nothing on the wire tells it (versioning-header-missing-assumed). */
export const ASSUMED_REVISION: Revision = '2025-03-26'

/** Whether the server speaks the revision of this name. */
export function isRevision(name: unknown): name is Revision {
  return REVISIONS.includes(name as Revision)
}

/**
 * The answer to the protocolVersion of an initialize request. The SDK would also agree to the draft 2024-10-07, whose
 * rules this server does not keep.
 */
export function negotiate(requested: unknown): Revision {
  return isRevision(requested) ? requested : LATEST_REVISION
}
