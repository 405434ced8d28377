/** Rules no check judges, with the reason: what a black box cannot see or decide, and what belongs to another actor. */
export const leftOut: Readonly<Record<string, string>> = {}
