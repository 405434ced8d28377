import { isModern, type Revision } from '../revisions.js'
import { listed } from './content.js'
import {
  anyObject,
  flag,
  list,
  mapOf,
  object,
  oneOf,
  only,
  ref,
  result,
  type Schema,
  type Schemas,
  since,
  text,
} from './schema.js'

/** Tools and their results. Spec: schema#tool, schema#calltoolresult. */
export function toolShapes(revision: Revision): Schemas {
  const hints = { readOnlyHint: flag, destructiveHint: flag, idempotentHint: flag, openWorldHint: flag }
  const free = isModern(revision)
  const members: Schemas = free ? {} : { properties: mapOf(anyObject), required: list(text) }
  const rooted: Schema = object(['type'], {
    type: { const: 'object' },
    ...members,
    ...since('2025-11-25', revision, { $schema: text }),
  })
  return {
    Tool: object(['name', 'inputSchema'], {
      ...listed(revision),
      inputSchema: rooted,
      ...since('2025-03-26', revision, { annotations: object([], { title: text, ...hints }) }),
      ...since('2025-06-18', revision, { outputSchema: free ? anyObject : rooted }),
      ...only('2025-11-25', revision, {
        execution: object([], { taskSupport: oneOf('forbidden', 'optional', 'required') }),
      }),
    }),
    ListToolsResult: result(['tools'], { tools: list(ref('Tool')), nextCursor: ref('Cursor') }),
    CallToolResult: result(['content'], {
      content: list(ref('ContentBlock')),
      isError: flag,
      ...since('2025-06-18', revision, { structuredContent: free ? {} : anyObject }),
    }),
  }
}
