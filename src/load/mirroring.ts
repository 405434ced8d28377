import { UsageError } from '../usage-error.js'
import type { ModernSession } from '../wire/modern.js'
import type { MeasuredRequest } from './plan.js'
import { canaryMark } from './request.js'

/**
 * A request with the headers that mirror it. A canary within a mirrored argument stands in the header too. That needs a place of fixed width,
 * which base64 has not: there the request goes without (`plain`), or throws a UsageError where it was the user who put the canary there.
 * Spec: 2026-07-28/basic/transports/streamable-http#request-metadata.
 */
export async function mirroring(
  session: ModernSession,
  carrying: MeasuredRequest,
  plain: MeasuredRequest,
): Promise<MeasuredRequest> {
  const { method, params } = carrying
  const headers = await session.mirrored(method, params)
  const filled = params && JSON.parse(JSON.stringify(params).replaceAll('{canary}', canaryMark))
  const sent = await session.mirrored(method, filled)
  const fits = headers.every(([, value], at) => value.replaceAll('{canary}', canaryMark) === sent[at]?.[1])
  if (fits) return { ...carrying, headers }
  if (JSON.stringify(plain.params).includes('{canary}'))
    throw new UsageError(
      `--tool ${params?.name}: {canary} stands in an argument that is mirrored into a header, beside text that goes there as base64: take one of them out`,
    )
  return { ...plain, headers: await session.mirrored(plain.method, plain.params) }
}
