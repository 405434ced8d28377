import { z } from 'zod'

const seconds = z.number().nonnegative()
const counts = z.number().nonnegative()

/** The shape of RunnerFigures; what the profile and the thresholds in it mean is looked at apart. */
export const figuresShape = z.object({
  k6Figures: z.literal(1),
  runner: z.string(),
  plan: z.object({
    url: z.string(),
    name: z.string().optional(),
    profileName: z.string(),
    profile: z.unknown(),
    mode: z.enum(['stateful', 'stateless', 'modern']),
    session: z.enum(['shared', 'per-connection', 'per-request']),
    revision: z.string(),
    timeoutMs: seconds,
    method: z.string(),
    thresholds: z.array(z.string()),
    openingSeconds: seconds,
  }),
  segment: z.string().regex(/^\d+(\/\d+)?:\d+(\/\d+)?$/),
  seconds,
  startedAt: seconds.optional(),
  counts: z.record(z.string(), z.record(z.string(), counts)),
})
