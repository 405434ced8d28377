import type { Json } from '../core/types.js'
import { type Fault, instead, must, should } from './fault.js'

/** Faults of the way versions and capabilities are read. */
export const versionReaderFaults: Fault[] = [
  must(
    'lifecycle/strict-capabilities',
    'lifecycle-initialize-answered',
    'FJ LS',
    'clients with capabilities nobody knows are refused',
    (base) =>
      instead(base, (turn) => {
        if (turn.method !== 'initialize') return undefined
        const unknown = Object.keys((turn.params.capabilities ?? {}) as Json).find(
          (name) => !['roots', 'sampling', 'elicitation', 'tasks', 'experimental'].includes(name),
        )
        return unknown === undefined ? undefined : { error: { code: -32602, message: `unrecognised key ${unknown}` } }
      }),
  ),
  must(
    'versioning/echo-words',
    'versioning-counteroffer',
    'FJ CH',
    'versions that are no dates are echoed',
    (base) => ({
      negotiate: (requested, ex) =>
        typeof requested === 'string' && !/^\d{4}-\d\d-\d\d$/.test(requested)
          ? requested
          : base.negotiate(requested, ex),
    }),
  ),
  must(
    'versioning/header-empty',
    'versioning-header-unsupported-400',
    'FJ LS',
    'an empty version header passes',
    (base) => ({
      headerAccepted: (value, ex) => value === '' || base.headerAccepted(value, ex),
    }),
  ),
  must(
    'versioning/header-first-of-two',
    'versioning-header-unsupported-400',
    'LJ FS',
    'of two versions in the header the first counts',
    (base) => ({
      headerAccepted: (value, ex) => base.headerAccepted(value?.split(',')[0]?.trim(), ex),
    }),
  ),
  must(
    'versioning/header-in-large-posts',
    'versioning-header-unsupported-400',
    'FJ LS',
    'responses of the client take any version header',
    (base) => {
      return {
        headerAccepted: (value, ex) =>
          base.headerAccepted(value, ex) || (ex.req.method === 'POST' && ex.methods.length === 0 && ex.posted === 1),
        classify(raw, ex) {
          const item = base.classify(raw, ex)
          if (item.kind === 'response') ex.posted = 1
          return item
        },
      }
    },
  ),
  should(
    'versioning/header-demanded-on-delete',
    'versioning-header-missing-assumed',
    'FJ',
    'DELETE without the version header is refused',
    (base) => ({
      headerAccepted: (value, ex) =>
        ex.req.method === 'DELETE' && value === undefined ? false : base.headerAccepted(value, ex),
    }),
  ),
]
