import { isModern, type Revision } from '../revisions.js'
import {
  anyObject,
  anyOf,
  base64,
  byType,
  call,
  flag,
  integer,
  list,
  mapOf,
  number,
  object,
  oneOf,
  only,
  ref,
  type Schema,
  type Schemas,
  share,
  since,
  text,
  uri,
  when,
} from './schema.js'

/** Requests of the server to its client, as whole messages. Spec: schema#createmessagerequest, schema#elicitrequest. */
export function requestShapes(revision: Revision): Schemas {
  return {
    ...samplingShapes(revision),
    ...elicitationShapes(revision),
    ListRootsRequest: call('roots/list', object([], { _meta: anyObject })),
  }
}

function samplingShapes(revision: Revision): Schemas {
  const media = object(['data', 'mimeType'], { data: base64, mimeType: text, annotations: ref('Annotations') })
  const block = byType({
    text: object(['text'], { text, annotations: ref('Annotations') }),
    image: media,
    ...since('2025-03-26', revision, { audio: media }),
    ...since('2025-11-25', revision, {
      tool_use: object(['id', 'name', 'input'], { id: text, name: text, input: anyObject }),
      tool_result: object(['toolUseId', 'content'], {
        toolUseId: text,
        content: list(ref('ContentBlock')),
        structuredContent: isModern(revision) ? {} : anyObject,
        isError: flag,
      }),
    }),
  })
  const several = when({ type: 'array' }, list(block), block)
  const preferences = object([], {
    hints: list(object([], { name: text })),
    costPriority: share,
    speedPriority: share,
    intelligencePriority: share,
  })
  return {
    SamplingMessage: object(['role', 'content'], {
      role: ref('Role'),
      content: revision >= '2025-11-25' ? several : block,
    }),
    CreateMessageRequest: call(
      'sampling/createMessage',
      object(['messages', 'maxTokens'], {
        _meta: anyObject,
        messages: list(ref('SamplingMessage')),
        maxTokens: integer,
        modelPreferences: preferences,
        systemPrompt: text,
        includeContext: oneOf('none', 'thisServer', 'allServers'),
        temperature: number,
        stopSequences: list(text),
        metadata: anyObject,
        ...since('2025-11-25', revision, {
          tools: list(ref('Tool')),
          toolChoice: object([], { mode: oneOf('auto', 'required', 'none') }),
        }),
      }),
    ),
  }
}

function elicitationShapes(revision: Revision): Schemas {
  const words = { title: text, description: text }
  const choices = list(object(['const', 'title'], { const: text, title: text }))
  const string = object([], {
    ...words,
    minLength: integer,
    maxLength: integer,
    format: oneOf('email', 'uri', 'date', 'date-time'),
    enum: list(text),
    enumNames: list(text),
    ...since('2025-11-25', revision, { default: text, oneOf: choices }),
  })
  const numeric = object([], {
    ...words,
    minimum: number,
    maximum: number,
    ...since('2025-11-25', revision, { default: number }),
  })
  const array = object(['items'], {
    ...words,
    minItems: integer,
    maxItems: integer,
    default: list(text),
    items: {
      type: 'object',
      ...anyOf(
        'must list its choices as enum or anyOf',
        object(['enum'], { type: { const: 'string' }, enum: list(text) }),
        object(['anyOf'], { anyOf: choices }),
      ),
    },
  })
  const primitive = byType({
    string,
    number: numeric,
    integer: numeric,
    boolean: object([], { ...words, default: flag }),
    ...since('2025-11-25', revision, { array }),
  })
  const form = object(['message', 'requestedSchema'], {
    message: text,
    requestedSchema: object(['type', 'properties'], {
      type: { const: 'object' },
      properties: mapOf(primitive),
      required: list(text),
    }),
  })
  const id: Schemas = only('2025-11-25', revision, { elicitationId: text })
  const url = object(['message', 'url', ...Object.keys(id)], { message: text, url: uri, ...id })
  const withMode: Schema = {
    properties: { mode: oneOf('form', 'url') },
    ...when(object(['mode'], { mode: { const: 'url' } }), url, form),
  }
  const params = revision >= '2025-11-25' ? withMode : form
  return { ElicitRequest: call('elicitation/create', { type: 'object', required: ['message'], ...params }) }
}
