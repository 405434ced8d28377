import { z } from 'zod'
import { UsageError } from '../usage-error.js'
import { parseThreshold } from './parse-threshold.js'
import type { Profile } from './profile.js'

const positive = z.number().positive().finite()
const level = z.number().nonnegative().finite()
const grammar = z.string().superRefine((text, context) => {
  try {
    parseThreshold(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message.split('\n')[0]! })
  }
})

/** The shape of a profile with so many connections at most. */
function shapeOf(most: number) {
  const count = z.int().nonnegative().max(most)
  return z
    .strictObject({
      description: z.string(),
      loop: z.enum(['closed', 'open']),
      connections: count.min(1).optional(),
      stages: z.array(
        z.strictObject({
          name: z.string().optional(),
          seconds: positive,
          connections: count.optional(),
          rate: level.optional(),
          ramp: z.boolean().optional(),
        }),
      ),
      session: z.enum(['shared', 'per-connection', 'per-request']).optional(),
      afterwards: z.enum(['delete', 'leave']).optional(),
      think: level.optional(),
      streams: z.strictObject({ count: count.min(1) }).optional(),
      capacity: z
        .strictObject({ from: positive, to: positive, stepSeconds: positive, objective: z.array(grammar).min(1) })
        .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is less than from' })
        .optional(),
      thresholds: z.array(grammar).optional(),
    })
    .superRefine(({ loop, stages, capacity }, context) => {
      const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
      const [own, other] = loop === 'closed' ? (['connections', 'rate'] as const) : (['rate', 'connections'] as const)
      if (capacity) {
        if (loop === 'closed') wrong(['loop'], 'a search for capacity needs an open loop')
        if (stages.length > 0) wrong(['stages'], 'a search for capacity makes its own; leave them empty')
      } else if (!stages.some((stage) => (stage[own] ?? 0) > 0))
        wrong(['stages'], `no stage asks for any ${own}, which is how a loop of kind ${loop} is driven`)
      stages.forEach((stage, index) => {
        if (stage[other] !== undefined) wrong(['stages', index, other], `has no meaning in a loop of kind ${loop}`)
      })
    })
}

/** The shape of a profile that one machine runs: beyond so many connections its ports run out before servers do. */
export const profileShape = shapeOf(20_000)

/** The shape of one that many machines share. */
export const sharedProfileShape = shapeOf(2_000_000)

/** Makes sure that a value is a profile. Throws a UsageError that names the key, such as `stages[1].seconds`. */
export function checkedProfile(value: unknown, source: string, shape = profileShape): Profile {
  const { success, error } = shape.safeParse(value)
  if (success) return value as Profile
  const { path, message } = error.issues[0]!
  const key = path.reduce<string>(
    (text, one) => `${text}${typeof one === 'number' ? `[${one}]` : `.${String(one)}`}`,
    '',
  )
  throw new UsageError(`${source}: ${key ? `${key.replace(/^\./, '')}: ` : ''}${message}`)
}
