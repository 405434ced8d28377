import type { Revision } from '../revisions.js'
import {
  anyObject,
  anyOf,
  base64,
  byType,
  list,
  object,
  oneOf,
  ref,
  type Schemas,
  share,
  since,
  text,
  uri,
} from './schema.js'

/** Content blocks and what they are made of. Spec: schema#contentblock, schema#annotations, schema#icon. */
export function contentShapes(revision: Revision): Schemas {
  const meta = since('2025-06-18', revision, { _meta: anyObject })
  const common = { ...meta, annotations: ref('Annotations') }
  const media = object(['data', 'mimeType'], { ...common, data: base64, mimeType: text })
  return {
    Role: oneOf('user', 'assistant'),
    Annotations: object([], {
      audience: list(ref('Role')),
      priority: share,
      ...since('2025-06-18', revision, { lastModified: text }),
    }),
    Icon: object(['src'], { src: uri, mimeType: text, sizes: list(text), theme: oneOf('light', 'dark') }),
    Icons: list(ref('Icon')),
    ResourceContents: {
      ...object(['uri'], { ...meta, uri, mimeType: text }),
      ...anyOf(
        'must have text (a string) or blob (a base64 string)',
        object(['text'], { text }),
        object(['blob'], { blob: base64 }),
      ),
    },
    ContentBlock: byType({
      text: object(['text'], { ...common, text }),
      image: media,
      ...since('2025-03-26', revision, { audio: media }),
      ...since('2025-06-18', revision, { resource_link: ref('Resource') }),
      resource: object(['resource'], { ...common, resource: ref('ResourceContents') }),
    }),
  }
}

/** Members that most named things share. */
export function named(revision: Revision): Schemas {
  return {
    name: text,
    ...since('2025-06-18', revision, { title: text }),
  }
}

/** Members that every listed thing shares: name, title, icons, description and `_meta`. */
export function listed(revision: Revision): Schemas {
  return {
    ...named(revision),
    description: text,
    ...since('2025-06-18', revision, { _meta: anyObject }),
    ...since('2025-11-25', revision, { icons: ref('Icons') }),
  }
}
