import type { Revision } from '../revisions.js'
import { named } from './content.js'
import { anyObject, flag, mapOf, object, only, ref, result, type Schemas, since, text, uri } from './schema.js'

/** What initialize returns, and results that carry nothing. Spec: schema#initializeresult, schema#emptyresult. */
export function lifecycleShapes(revision: Revision): Schemas {
  const changes = { listChanged: flag }
  const tasks = object([], {
    list: anyObject,
    cancel: anyObject,
    requests: object([], { tools: object([], { call: anyObject }) }),
  })
  return {
    Implementation: object(['name', 'version'], {
      ...named(revision),
      version: text,
      ...since('2025-11-25', revision, { description: text, websiteUrl: uri, icons: ref('Icons') }),
    }),
    ServerCapabilities: object([], {
      experimental: mapOf(anyObject),
      logging: anyObject,
      prompts: object([], changes),
      resources: object([], { ...changes, subscribe: flag }),
      tools: object([], changes),
      ...since('2025-03-26', revision, { completions: anyObject }),
      ...only('2025-11-25', revision, { tasks }),
      ...since('2026-07-28', revision, { extensions: mapOf(anyObject) }),
    }),
    InitializeResult: result(['protocolVersion', 'capabilities', 'serverInfo'], {
      protocolVersion: text,
      capabilities: ref('ServerCapabilities'),
      serverInfo: ref('Implementation'),
      instructions: text,
    }),
    EmptyResult: result([], {}),
  }
}
