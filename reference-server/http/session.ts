import { randomUUID } from 'node:crypto'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import type { Response } from 'express'
import { Conversation } from '../protocol/conversation.js'
import { LATEST_REVISION } from '../protocol/revisions.js'
import type { SubscriptionBoard } from '../protocol/subscriptions.js'
import { Channel } from './channel.js'
import { beat } from './heartbeat.js'

/** What all sessions of a server have in common. */
export interface SessionConditions {
  json: boolean
  idleMs: number
  pingIntervalMs: number
  board: SubscriptionBoard
}

/** One session: a channel that belongs to a user and ends when nobody uses it. */
export class Session {
  /** 122 random bits, visible ASCII (session-id-secure). */
  readonly id = randomUUID()
  readonly principal: string
  readonly channel: Channel
  /** Called once, when the session has ended for whatever reason. */
  onend: () => void = () => {}
  readonly #conditions: SessionConditions
  #uses = 0
  #expiry: NodeJS.Timeout | undefined
  #ended = false

  constructor(principal: string, conditions: SessionConditions) {
    this.principal = principal
    this.#conditions = conditions
    const conversation = new Conversation(conditions.board, true, LATEST_REVISION)
    this.channel = new Channel(conversation, { json: conditions.json, sessionId: this.id })
  }

  /** Whether a request is being served or a stream is open. */
  get inUse(): boolean {
    return this.#uses > 0
  }

  /** Serves the messages of one POST. */
  post(messages: readonly JSONRPCMessage[], isBatch: boolean, res: Response): Promise<void> {
    return this.#use(() => this.channel.post(messages, isBatch, res))
  }

  /** Serves a GET, and pings the client for as long as its server stream is open. */
  listen(lastEventId: string | undefined, res: Response): Promise<void> {
    const { server } = this.channel.conversation
    const watch = () => beat(server, this.#conditions.pingIntervalMs, () => res.end())
    return this.#use(() => this.channel.listen(lastEventId, res, watch))
  }

  /** Ends the session with everything in it; further requests meet 404 (session-terminated-404). */
  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#expiry)
    this.onend()
    await this.channel.close()
  }

  async #use(action: () => Promise<void>): Promise<void> {
    clearTimeout(this.#expiry)
    this.#uses++
    try {
      await action()
    } finally {
      this.#uses--
      if (!this.inUse && !this.#ended) {
        this.#expiry = setTimeout(() => void this.end(), this.#conditions.idleMs)
        this.#expiry.unref()
      }
    }
  }
}
