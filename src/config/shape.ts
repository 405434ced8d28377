import { z } from 'zod'
import type { Profile } from '../load/profile.js'
import { profileShape } from '../load/profile-shape.js'
import { revisions } from '../protocol/revisions.js'
import type { Config } from './config.js'

const text = z.string().min(1, 'is empty')
const whole = z.int().min(1)
const values = z.record(z.string(), z.unknown())
const tools = z.union([
  z.record(z.string(), values),
  z.array(z.strictObject({ name: text, arguments: values.optional() })),
])
const badTokens = z.strictObject({
  expired: text.optional(),
  'wrong-audience': text.optional(),
  'insufficient-scope': text.optional(),
})

const access = {
  tokenEnv: text.optional(),
  secondTokenEnv: text.optional(),
  badTokenEnv: badTokens.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  headerFile: text.optional(),
  auth: z.enum(['auto', 'required', 'none']).optional(),
  tools: tools.optional(),
  ca: text.optional(),
  timeout: whole.optional(),
}

const origin = {
  url: text.optional(),
  start: text.optional(),
  waitFor: text.optional(),
  image: text.optional(),
  dockerfile: text.optional(),
  containerPort: whole.optional(),
  cpus: z.number().positive().optional(),
  memory: text.optional(),
  env: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  mcpConfig: text.optional(),
  server: text.optional(),
}

const check = z.strictObject({
  suites: z.array(text).optional(),
  only: z.array(text).optional(),
  revision: z.enum(['auto', 'all', ...revisions]).optional(),
  slow: z.boolean().optional(),
  concurrency: whole.optional(),
  maxRequests: whole.optional(),
  timeout: whole.optional(),
})

const load = z.strictObject({
  profile: z.union([text, profileShape as unknown as z.ZodType<Profile>]).optional(),
  duration: text.optional(),
  connections: whole.optional(),
  rate: z.union([z.number().positive(), text]).optional(),
  mode: z.enum(['auto', 'stateful', 'stateless', 'modern']).optional(),
  session: z.enum(['shared', 'per-connection', 'per-request']).optional(),
  method: text.optional(),
  tools: tools.optional(),
  thresholds: z.array(text).optional(),
  repeat: whole.max(50).optional(),
  workers: whole.optional(),
  timeout: whole.optional(),
})

const target = {
  name: text.optional(),
  ...origin,
  ...access,
  check: z.union([z.boolean(), check]).optional(),
  load: z.union([load, z.array(load)]).optional(),
  iOwnThisServer: z.boolean().optional(),
}

/** The shape of a config file, the source of its JSON Schema. */
export const configShape: z.ZodType<Config> = z.strictObject({
  $schema: z.string().optional(),
  ...target,
  targets: z.array(z.strictObject(target)).min(1).optional(),
  strict: z.boolean().optional(),
  requireComplete: z.boolean().optional(),
  baseline: text.optional(),
  previous: text.optional(),
  seed: text.optional(),
  reports: z.array(text).optional(),
  out: text.optional(),
})
