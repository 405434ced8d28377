import type { InitializeResult, ServerCapabilities } from '@modelcontextprotocol/sdk/types.js'
import { knowsStructure } from './listings.js'
import type { Revision } from './revisions.js'

/** Name and version as every revision knows them. */
export const SERVER_INFO = { name: 'weather', version: '1.0.0' }

/** What a model is told about the server. */
export const INSTRUCTIONS = 'Made-up weather for any place: the same question always gets the same answer.'

/**
 * What the server offers. A server that forgets its clients between requests can neither hold a log level nor a
 * subscription, so it does not declare them. The completions capability came with 2025-03-26.
 */
export function capabilitiesOf(revision: Revision, remembers: boolean): ServerCapabilities {
  return {
    tools: {},
    prompts: {},
    resources: remembers ? { subscribe: true } : {},
    ...(remembers && { logging: {} }),
    ...(revision >= '2025-03-26' && { completions: {} }),
  }
}

/** The answer to initialize. */
export function introduce(revision: Revision, remembers: boolean): InitializeResult {
  return {
    protocolVersion: revision,
    capabilities: capabilitiesOf(revision, remembers),
    serverInfo: knowsStructure(revision) ? { ...SERVER_INFO, title: 'Weather' } : SERVER_INFO,
    instructions: INSTRUCTIONS,
  }
}
