import { authFaults } from './faults/auth.js'
import { challengeFaults } from './faults/auth-challenges.js'
import { claimFaults } from './faults/auth-claims.js'
import { discoveryFaults } from './faults/auth-discovery.js'
import { absentMemberFaults } from './faults/by-absent-member.js'
import { argumentReaderFaults } from './faults/by-argument-reader.js'
import { askingFaults } from './faults/by-asking.js'
import { connectionFaults } from './faults/by-connection.js'
import { crowdFaults } from './faults/by-crowd.js'
import { doorFaults } from './faults/by-door.js'
import { encoderFaults } from './faults/by-encoder.js'
import { flightFaults } from './faults/by-flight.js'
import { formFaults } from './faults/by-form.js'
import { guardFaults } from './faults/by-guard.js'
import { issuerFaults } from './faults/by-issuer.js'
import { keptRequestFaults } from './faults/by-kept-request.js'
import { keptSessionFaults } from './faults/by-kept-session.js'
import { messageReaderFaults } from './faults/by-message-reader.js'
import { methodFaults } from './faults/by-method.js'
import { momentFaults } from './faults/by-moment.js'
import { partFaults } from './faults/by-part.js'
import { standingStreamFaults } from './faults/by-standing-stream.js'
import { strangerFaults } from './faults/by-stranger.js'
import { tokenFaults } from './faults/by-token.js'
import { valueFaults } from './faults/by-value.js'
import { versionReaderFaults } from './faults/by-version-reader.js'
import { cancellationFaults } from './faults/cancellation.js'
import { channelFaults } from './faults/channel.js'
import { concurrencyFaults } from './faults/concurrency.js'
import type { Fault } from './faults/fault.js'
import { jsonrpcFaults } from './faults/jsonrpc.js'
import { jsonrpcIdFaults } from './faults/jsonrpc-ids.js'
import { lifecycleFaults } from './faults/lifecycle.js'
import { loggingFaults } from './faults/logging.js'
import { progressFaults } from './faults/progress.js'
import { promptFaults } from './faults/prompts.js'
import { resourceFaults } from './faults/resources.js'
import { schemaFaults } from './faults/schema.js'
import { featureSchemaFaults } from './faults/schema-features.js'
import { securityFaults } from './faults/security.js'
import { sessionFaults } from './faults/session.js'
import { sseFaults } from './faults/sse.js'
import { toolCallFaults } from './faults/tool-calls.js'
import { toolFaults } from './faults/tools.js'
import { transportFaults } from './faults/transport.js'
import { completionFaults, paginationFaults, pingFaults } from './faults/utilities.js'
import { versioningFaults } from './faults/versioning.js'

export type { Combo, Fault } from './faults/fault.js'

/** All faults, by area. */
export const faults: Fault[] = [
  ...lifecycleFaults,
  ...versioningFaults,
  ...jsonrpcFaults,
  ...jsonrpcIdFaults,
  ...transportFaults,
  ...concurrencyFaults,
  ...sessionFaults,
  ...sseFaults,
  ...channelFaults,
  ...schemaFaults,
  ...featureSchemaFaults,
  ...toolFaults,
  ...toolCallFaults,
  ...resourceFaults,
  ...promptFaults,
  ...completionFaults,
  ...loggingFaults,
  ...paginationFaults,
  ...pingFaults,
  ...progressFaults,
  ...cancellationFaults,
  ...securityFaults,
  ...authFaults,
  ...claimFaults,
  ...challengeFaults,
  ...discoveryFaults,
  ...momentFaults,
  ...valueFaults,
  ...crowdFaults,
  ...doorFaults,
  ...methodFaults,
  ...partFaults,
  ...tokenFaults,
  ...connectionFaults,
  ...flightFaults,
  ...formFaults,
  ...strangerFaults,
  ...absentMemberFaults,
  ...encoderFaults,
  ...messageReaderFaults,
  ...versionReaderFaults,
  ...argumentReaderFaults,
  ...standingStreamFaults,
  ...keptSessionFaults,
  ...keptRequestFaults,
  ...issuerFaults,
  ...guardFaults,
  ...askingFaults,
]

/** Looks a fault up by its id. */
export function findFault(id: string): Fault {
  const found = faults.find((fault) => fault.id === id)
  if (found === undefined) throw new Error(`there is no fault ${id}`)
  return found
}

/** Area of a fault, the first part of its id. */
export function areaOf(fault: Pick<Fault, 'id'>): string {
  return fault.id.split('/')[0] ?? ''
}
