import type { Requirement } from './requirement.js'
import { advice } from './requirements/advice.js'
import { auth } from './requirements/auth.js'
import { caching } from './requirements/caching.js'
import { cancellation } from './requirements/cancellation.js'
import { completion } from './requirements/completion.js'
import { discover } from './requirements/discover.js'
import { elicitation } from './requirements/elicitation.js'
import { headers } from './requirements/headers.js'
import { jsonrpc } from './requirements/jsonrpc.js'
import { legacySse } from './requirements/legacy-sse.js'
import { lifecycle } from './requirements/lifecycle.js'
import { logging } from './requirements/logging.js'
import { mrtr } from './requirements/mrtr.js'
import { pagination } from './requirements/pagination.js'
import { ping } from './requirements/ping.js'
import { progress } from './requirements/progress.js'
import { prompts } from './requirements/prompts.js'
import { resources } from './requirements/resources.js'
import { roots } from './requirements/roots.js'
import { sampling } from './requirements/sampling.js'
import { schema } from './requirements/schema.js'
import { security } from './requirements/security.js'
import { session } from './requirements/session.js'
import { sse } from './requirements/sse.js'
import { subscriptions } from './requirements/subscriptions.js'
import { tasks } from './requirements/tasks.js'
import { tools } from './requirements/tools.js'
import { transport } from './requirements/transport.js'
import { versioning } from './requirements/versioning.js'

const rows: readonly Requirement[] = [
  ...auth,
  ...caching,
  ...cancellation,
  ...completion,
  ...discover,
  ...elicitation,
  ...headers,
  ...jsonrpc,
  ...legacySse,
  ...lifecycle,
  ...logging,
  ...mrtr,
  ...pagination,
  ...ping,
  ...progress,
  ...prompts,
  ...resources,
  ...roots,
  ...sampling,
  ...schema,
  ...security,
  ...session,
  ...sse,
  ...subscriptions,
  ...tasks,
  ...tools,
  ...transport,
  ...versioning,
  ...advice,
]

const byId = new Map(rows.map((row) => [row.id, row]))

/** Every rule known to this tool, in area order: the denominator of `list --coverage`. */
export const catalogue = rows

/** Looks up one rule by its id; throws when the catalogue has no such row, which is a mistake in a check. */
export function requirement(id: string): Requirement {
  const row = byId.get(id)
  if (!row) throw new Error(`the requirement catalogue has no row "${id}"`)
  return row
}
