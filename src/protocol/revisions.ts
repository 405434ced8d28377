/** Published revisions of the Model Context Protocol, oldest first. Spec: /specification/versioning. */
export const revisions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'] as const

/** One published protocol revision, as it stands on the wire. */
export type Revision = (typeof revisions)[number]

/** Revisions whose clients start with `initialize`; 2026-07-28 replaced the handshake by per-request metadata. */
export const handshakeRevisions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const satisfies Revision[]

/** The newest revision that opens with `initialize`: what a client offers first. */
export const newestHandshake: Revision = '2025-11-25'

/** Revisions without a handshake: every request says what it speaks, and `server/discover` tells what the server does. */
export const modernRevisions = ['2026-07-28'] as const satisfies Revision[]

/** The newest revision without a handshake: what a modern client speaks first. */
export const newestModern: Revision = '2026-07-28'

/** True for a revision without a handshake. */
export function isModern(revision: Revision): boolean {
  return (modernRevisions as readonly Revision[]).includes(revision)
}

/** True when the text names a published revision. */
export function isRevision(text: unknown): text is Revision {
  return (revisions as readonly unknown[]).includes(text)
}

/** True when `revision` lies between `first` and `last`, both included; dates compare as text. */
export function within(revision: Revision, first: Revision, last: Revision): boolean {
  return revision >= first && revision <= last
}
