import { bodies } from './bodies.js'
import { type Fingerprint, matches, type Sighting } from './fingerprint.js'
import { gateways } from './gateways.js'
import { guards } from './guards.js'
import { redirects } from './redirects.js'
import { sessions } from './sessions.js'

export {
  type Fingerprint,
  field,
  fixText,
  type Layer,
  type Remedy,
  remedyOf,
  type Sighting,
  type StepId,
} from './fingerprint.js'

/** Every known fingerprint, the more particular ones first. */
export const fingerprints: readonly Fingerprint[] = [...bodies, ...sessions, ...redirects, ...guards, ...gateways]

/** The first fingerprint that an answer bears, if any. */
export function recognise(sighting: Sighting): Fingerprint | undefined {
  return fingerprints.find((print) => matches(print, sighting))
}
