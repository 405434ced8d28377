import type { Revision } from '../revisions.js'
import { listed } from './content.js'
import { integer, list, object, ref, result, type Schemas, text, uri } from './schema.js'

/** Resources, templates and what a read returns. Spec: schema#resource, schema#readresourceresult. */
export function resourceShapes(revision: Revision): Schemas {
  const common = { ...listed(revision), mimeType: text, annotations: ref('Annotations') }
  return {
    Cursor: { type: ['string', 'null'] },
    Resource: object(['uri', 'name'], { ...common, uri, size: integer }),
    ResourceTemplate: object(['uriTemplate', 'name'], {
      ...common,
      uriTemplate: { type: 'string', format: 'uri-template' },
    }),
    ListResourcesResult: result(['resources'], { resources: list(ref('Resource')), nextCursor: ref('Cursor') }),
    ListResourceTemplatesResult: result(['resourceTemplates'], {
      resourceTemplates: list(ref('ResourceTemplate')),
      nextCursor: ref('Cursor'),
    }),
    ReadResourceResult: result(['contents'], { contents: list(ref('ResourceContents')) }),
  }
}
