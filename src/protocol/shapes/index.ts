import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { isModern, type Revision } from '../revisions.js'
import { contentShapes } from './content.js'
import { isBase64, isUri, isUriTemplate } from './formats.js'
import { lifecycleShapes } from './lifecycle.js'
import { modernShapes } from './modern.js'
import { notificationShapes } from './notifications.js'
import { promptShapes } from './prompts.js'
import { requestShapes } from './requests.js'
import { resourceShapes } from './resources.js'
import type { Schemas } from './schema.js'
import { taskShapes } from './tasks.js'
import { toolShapes } from './tools.js'

export { isBase64, isUri, isUriTemplate } from './formats.js'
export { logLevels } from './notifications.js'

/** Names of the message shapes that can be validated. Notifications and requests are validated as whole messages; some names belong to some revisions only. */
export type ShapeName =
  | 'InitializeResult'
  | 'ServerCapabilities'
  | 'Implementation'
  | 'ListToolsResult'
  | 'Tool'
  | 'CallToolResult'
  | 'ContentBlock'
  | 'ListResourcesResult'
  | 'Resource'
  | 'ListResourceTemplatesResult'
  | 'ResourceTemplate'
  | 'ReadResourceResult'
  | 'ResourceContents'
  | 'ListPromptsResult'
  | 'Prompt'
  | 'GetPromptResult'
  | 'CompleteResult'
  | 'EmptyResult'
  | 'Annotations'
  | 'Icons'
  | 'ProgressNotification'
  | 'LogNotification'
  | 'ResourceUpdatedNotification'
  | 'CreateMessageRequest'
  | 'ElicitRequest'
  | 'ListRootsRequest'
  | 'Task'
  | 'CreateTaskResult'
  | 'ListTasksResult'
  | 'DiscoverResult'
  | 'InputRequiredResult'
  | 'SubscriptionsAcknowledgedNotification'
  | 'SubscriptionsListenResult'
  | 'UnsupportedVersionData'
  | 'MissingCapabilityData'

/** Where a value departs from a shape of a revision, each as `path: what is wrong`; empty when it fits. */
export function shapeProblems(name: ShapeName, value: unknown, revision: Revision): string[] {
  const validate = validator(name, revision)
  if (validate(value)) return []
  const errors = validate.errors ?? []
  return [...new Set(errors.filter((error) => isTold(error, errors)).map(problem))]
}

const spoken: Record<string, string> = {
  byte: 'must be base64 (RFC 4648, padded)',
  uri: 'must be a URI (RFC 3986)',
  'uri-template': 'must be a URI template (RFC 6570)',
}

const ajvs = new Map<Revision, Ajv2020>()
const validators = new Map<string, ValidateFunction>()

function validator(name: ShapeName, revision: Revision): ValidateFunction {
  const key = `${revision} ${name}`
  const found = validators.get(key) ?? ajvOf(revision).compile({ $ref: `mcp:${revision}#/$defs/${name}` })
  validators.set(key, found)
  return found
}

function ajvOf(revision: Revision): Ajv2020 {
  const known = ajvs.get(revision)
  if (known) return known
  // What is compiled runs a few times at most, and the schemas are our own: no time is spent on making either better.
  const cheap = { code: { optimize: false }, inlineRefs: false, validateSchema: false, meta: false }
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, ...cheap })
  ajv.addFormat('byte', isBase64).addFormat('uri', isUri).addFormat('uri-template', isUriTemplate)
  ajv.addSchema({ $id: `mcp:${revision}`, $defs: shapeSchemas(revision) })
  ajvs.set(revision, ajv)
  return ajv
}

/** The schemas of all shapes of a revision, and of what they refer to. */
export function shapeSchemas(revision: Revision): Schemas {
  return {
    ...contentShapes(revision),
    ...lifecycleShapes(revision),
    ...toolShapes(revision),
    ...resourceShapes(revision),
    ...promptShapes(revision),
    ...notificationShapes(revision),
    ...requestShapes(revision),
    ...(isModern(revision) ? modernShapes() : taskShapes()),
  }
}

/** Leaves out what only says that a condition led here, and the single alternatives of an `anyOf` that speaks for itself. */
function isTold(error: ErrorObject, all: ErrorObject[]): boolean {
  if (error.keyword === 'if') return false
  return !all.some(
    (other) => other !== error && other.keyword === 'anyOf' && error.schemaPath.startsWith(`${other.schemaPath}/`),
  )
}

function problem(error: ErrorObject): string {
  const { keyword, params, parentSchema, message } = error
  let says = message ?? 'is wrong'
  if (keyword === 'anyOf') says = String(parentSchema?.$comment ?? says)
  if (keyword === 'enum')
    says = `must be ${params.allowedValues.map((value: unknown) => JSON.stringify(value)).join(' or ')}`
  if (keyword === 'const') says = `must be ${JSON.stringify(params.allowedValue)}`
  if (keyword === 'format') says = spoken[params.format] ?? says
  if (keyword === 'type') says = `must be ${params.type}`.replaceAll(',', ' or ')
  if (keyword === 'required') return `${path(`${error.instancePath}/${params.missingProperty}`)}: is missing`
  return `${path(error.instancePath)}: ${says}`
}

function path(pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return (
    steps.reduce((so, step) => (/^\d+$/.test(step) ? `${so}[${step}]` : so ? `${so}.${step}` : step), '') ||
    '(the whole)'
  )
}
