import { COMPLETION_METHODS, type Handler, METHODS, type Speaker } from '../protocol/methods.js'

const MINUTE = 60_000

/** How long a client may keep a result, and for whom: everything here is the same for all users (caching-hints-present). */
export interface CacheHint {
  ttlMs: number
  cacheScope: 'public' | 'private'
}

const lists: CacheHint = { ttlMs: 5 * MINUTE, cacheScope: 'public' }

/** The hints by method. */
export const CACHE_HINTS: ReadonlyMap<string, CacheHint> = new Map([
  ['server/discover', { ttlMs: 60 * MINUTE, cacheScope: 'public' }],
  ['tools/list', lists],
  ['prompts/list', lists],
  ['resources/list', lists],
  ['resources/templates/list', lists],
  ['resources/read', { ttlMs: MINUTE, cacheScope: 'public' }],
])

/** The methods that are answered here; those of {@link SDK_METHODS} are answered by the SDK. */
export const MODERN_METHODS: ReadonlyMap<string, Handler<Speaker>> = new Map([...METHODS, ...COMPLETION_METHODS])

const SDK_METHODS = new Set(['server/discover', 'subscriptions/listen'])

/** Whether there is a method of this name; ping, initialize and the like are gone. */
export function isMethod(name: string): boolean {
  return MODERN_METHODS.has(name) || SDK_METHODS.has(name)
}
