import { isObject, Refusal } from '../core/jsonrpc.js'
import type { Json } from '../core/types.js'
import { KEY } from './meta.js'
import { isKnown, TICKER } from './resources.js'
import type { Turn } from './types.js'

const LISTS = {
  toolsListChanged: 'notifications/tools/list_changed',
  promptsListChanged: 'notifications/prompts/list_changed',
  resourcesListChanged: 'notifications/resources/list_changed',
} as const

/** True where the server declares the flag of the capability. */
function declares({ visit: { world } }: Turn, capability: string, flag: string): boolean {
  const declared = world.policy.capabilities(world)[capability]
  return isObject(declared) && declared[flag] === true
}

/** Reads the filter and keeps what can be served. */
function honoured(turn: Turn): Json {
  const { notifications } = turn.params
  if (!isObject(notifications)) throw new Refusal(-32602, 'a filter of notifications is needed')
  const kept: Json = {}
  for (const key of Object.keys(LISTS)) {
    const wish = notifications[key]
    if (wish !== undefined && typeof wish !== 'boolean') throw new Refusal(-32602, `${key} is true or false`)
    if (wish === true && declares(turn, key.replace('ListChanged', ''), 'listChanged')) kept[key] = true
  }
  const uris = notifications.resourceSubscriptions
  if (uris === undefined || !declares(turn, 'resources', 'subscribe')) return kept
  if (!Array.isArray(uris) || !uris.every((uri) => typeof uri === 'string')) {
    throw new Refusal(-32602, 'resourceSubscriptions is a list of URIs')
  }
  return { ...kept, resourceSubscriptions: uris.filter((uri) => isKnown(uri)) }
}

/** One open subscription. */
export class Listener {
  readonly filter: Json
  private timer: NodeJS.Timeout | undefined
  private done: ((result: Json) => void) | undefined

  constructor(readonly turn: Turn) {
    this.filter = honoured(turn)
  }

  /** Sends a notification that carries the id of the subscription. */
  notify(method: string, params: Json = {}): void {
    const _meta = { [KEY.subscription]: this.turn.id }
    this.turn.say({ jsonrpc: '2.0', method, params: { ...params, _meta } })
  }

  /** Announces a change of a list to a listener who asked for it. */
  listChanged(kinds: string[] = Object.keys(LISTS)): void {
    for (const kind of kinds) if (this.filter[kind] === true) this.notify(LISTS[kind as keyof typeof LISTS])
  }

  /** Announces a change of a resource to a listener who asked for it. */
  updated(uri: string): void {
    const { resourceSubscriptions: uris } = this.filter
    if (Array.isArray(uris) && uris.includes(uri)) this.notify('notifications/resources/updated', { uri })
  }

  /** Ends the subscription with its result. */
  end(): void {
    this.done?.({ _meta: { [KEY.subscription]: this.turn.id } })
  }

  /** Stays open until either side ends the subscription. */
  async run(): Promise<Json> {
    const { turn } = this
    const { listeners, policy } = turn.visit.world
    turn.open()
    this.notify('notifications/subscriptions/acknowledged', { notifications: this.filter })
    listeners.add(this)
    policy.listening(this)
    let ticks = 0
    this.timer = setInterval(() => {
      ticks += 1
      if (ticks % 5 === 1) this.listChanged()
      this.updated(TICKER)
    }, 90).unref()
    try {
      return await new Promise<Json>((resolve, reject) => {
        this.done = resolve
        turn.signal.addEventListener('abort', () => reject(new Error('closed')))
      })
    } finally {
      clearInterval(this.timer)
      listeners.delete(this)
    }
  }
}
