import type { ToldPlan } from './script-plan.js'

/** What k6 does otherwise than a local load of the same plan, one line each. */
export function shortcomingsOf({ profile, session, mode }: Pick<ToldPlan, 'profile' | 'session' | 'mode'>): string[] {
  const { streams, capacity, loop } = profile
  return [
    'It reads an answer as a whole: the time to the first event of a stream is unknown, that to the first byte is known.',
    ...(streams
      ? [`It cannot hold event streams: the ${streams.count} streams of this profile are left out, its calls are made.`]
      : []),
    ...(capacity
      ? [
          'It cannot decide on a rate by what it saw: the search is a staircase of doubled rates, and the knee known to the factor of two.',
        ]
      : []),
    ...(loop === 'open'
      ? [
          'A request that is due while no connection is free is dropped, where a local load lets it wait; response times count from the send.',
        ]
      : []),
    ...(session === 'shared' && mode === 'stateful' ? ['Each runner has a shared session of its own.'] : []),
    'It has no option for certificate authorities: SSL_CERT_FILE=ca.pem in its environment. Over TLS it speaks HTTP/2 where the server does.',
  ]
}
