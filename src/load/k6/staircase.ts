import type { Profile } from '../profile.js'

/**
 * A profile whose stages are all known beforehand. A search for capacity becomes a staircase: the first rate, doubled until the highest. k6 cannot
 * decide on the next rate by what it saw, so the knee is known to the factor of two.
 */
export function staircase(profile: Profile): Profile {
  if (!profile.capacity) return profile
  const { from, to, stepSeconds: seconds } = profile.capacity
  const rates: number[] = []
  for (let rate = from; rate < to; rate *= 2) rates.push(rate)
  return { ...profile, stages: [...rates, to].map((rate) => ({ seconds, rate })) }
}
