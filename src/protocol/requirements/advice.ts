import type { Requirement } from '../requirement.js'

/** Rules of ours that no spec page states: what real clients and deployments need. They warn, they never fail. */
export const advice: readonly Requirement[] = []
