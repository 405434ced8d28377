import type { Revision } from '../protocol/revisions.js'
import type { Client } from './client.js'
import type { FaultSource } from './fault.js'
import type { Need } from './needs.js'

export { withFreeText } from '../protocol/arguments.js'
export { danglingReference, schemaProblems, unreadablePattern, valueProblems } from '../protocol/json-schema.js'
export { metaKey, modernCodes } from '../protocol/modern.js'
export { isModern, isRevision, type Revision } from '../protocol/revisions.js'
export { isBase64, isUri, shapeProblems } from '../protocol/shapes/index.js'
export { encodedValue } from '../wire/header-value.js'
export type { Json, Message } from '../wire/jsonrpc.js'
export {
  isNotification,
  isObject,
  isResponse,
  isServerRequest,
  nextId,
  notification,
  parseJson,
  request,
} from '../wire/jsonrpc.js'
export type { Reply } from '../wire/reply.js'
export type { Received, Session } from '../wire/session.js'
export * from './answers.js'
export { arrived, firstArray, responsesOf } from './arrivals.js'
export * from './bare.js'
export { blobProblem, isBinaryAsText } from './binary.js'
export * from './cacheable.js'
export * from './cancelled-call.js'
export * from './challenge.js'
export type { Client, NamedTool } from './client.js'

export {
  askedBeyond,
  asksOnlyDeclared,
  featureOf,
  needRequestChannel,
  requestsIn,
  serverAsks,
} from './client-features.js'

export * from './client-names.js'
export * from './closed-call.js'
export { completables, completing } from './completions.js'
export { atOnceMs, copiedAmong } from './copies.js'
export * from './cors.js'
export * from './crash.js'
export * from './doors.js'
export { namedTwice } from './doubled.js'
export { droppedWork, workShown } from './dropped-work.js'
export * from './elicitation-modes.js'
export * from './elicitations.js'
export { answersElsewhere } from './elsewhere.js'
export { endedSession, endSession } from './ended-session.js'
export { recodes, restates } from './error-faults.js'
export { eachError, eachMessage, everyError, everyMessage } from './every-message.js'
export { failingCalls } from './failing-calls.js'
export * from './fault.js'
export { expectFormsValidated, takesUnfitForms } from './filled-forms.js'
export * from './flawed-headers.js'
export {
  approachByDelete,
  approachByGet,
  approachByPing,
  approachByPost,
  expectUnserved,
  foreignOrigin,
} from './foreign-origin.js'
export * from './forged-tokens.js'
export * from './gone.js'
export { expectStaysUp } from './gone-away.js'
export { handshake, offerAll } from './handshake.js'
export * from './header-annotations.js'
export * from './input-required.js'
export * from './internal-errors.js'
export * from './issuer-keys.js'
export * from './issuer-metadata.js'
export * from './issuer-registration.js'
export * from './knocking.js'
export * from './let-in.js'
export * from './list-views.js'
export * from './listening-run.js'
export {
  confirmed,
  everyPage,
  type List,
  offeredLists,
  page,
  pagedLists,
  type Walk,
  walk,
  whileListed,
} from './lists.js'
export * from './log-levels.js'
export * from './logs.js'
export { metaKeyParts, metaKeys } from './meta-keys.js'
export * from './mirrored-arguments.js'
export * from './mixed-answers.js'
export * from './modern-results.js'
export { isLoopback } from './needs.js'
export { newerConstructs, refusesAt, toursWithin, usesAgreedVersions, withoutNewerBlocks } from './negotiated.js'
export * from './neighbour-endpoints.js'
export { brokenText, nonAscii, utf8Defect } from './non-ascii.js'
export { connectOld, greetOld } from './old-client.js'
export { withOtherIds } from './other-ids.js'
export * from './overlooks.js'
export * from './path-climbs.js'
export * from './path-spellings.js'
export * from './progress-calls.js'
export * from './prompt-arguments.js'
export { putsEndlessSamplings, putsForms, putsSamplings } from './put-forms.js'
export { everyContent, everyRead } from './reads.js'
export * from './refusal.js'
export { expectRefusal, expectRefusals } from './refusals.js'
export * from './repeated-keys.js'
export * from './request-state.js'
export * from './required-elicitations.js'
export { heardAfter, subscriptionAlone, subscriptionRun, updatesIn } from './resource-changes.js'
export * from './resource-metadata.js'
export * from './resume.js'
export * from './round-faults.js'
export * from './rounds.js'
export * from './sampled-calls.js'
export * from './samplings.js'
export * from './scope-refusals.js'
export * from './served-calls.js'
export { provokedRequests } from './server-requests.js'
export { bitsThatDiffer, guessedId, neighbours, sampleSessionIds } from './session-ids.js'
export { outcomeAlone, steadyCalls } from './steady-calls.js'
export * from './subscriptions.js'
export type { Survey } from './survey.js'
export { repliesOf, successes } from './survey-replies.js'
export { namesPrivate, namesSecret } from './telling-names.js'
export * from './together.js'
export { toldNotifications, toldResponses } from './told.js'
export * from './tool-calls.js'
export { ableReceived, expectChangeAnnounced, expectRequestsValid, growingList, toolEffects } from './tool-effects.js'
export * from './trace-context.js'
export * from './twins.js'
export * from './two-users.js'
export * from './unable-calls.js'
export * from './unanswered.js'
export * from './unauthorized.js'
export * from './unfit-answers.js'
export * from './uris.js'
export * from './url-elicitations.js'
export { watchableUris } from './watchable.js'

/** One rule of the spec as something that can be run against any server, with the fault that proves it can fail. */
export interface Check {
  /** The rule as a plain statement about a good server. */
  title: string
  /** The catalogue row judged; level, revisions and link come from there. */
  requirement: string
  /** What the server must offer or the operator must have given; decided before the check runs. */
  needs?: readonly Need[]
  /** Replaces an end of the catalogue's span of revisions: where the check fits only part of it, or judges what always held. */
  revisions?: { first?: Revision; last?: Revision }
  /** Calls the named tools although it does not need them: begun early with those that do, since tools may be slow. */
  callsTools?: boolean
  /** Looks at little beside the tour: judged at each older revision of its rule as well, since an answer may be wrong in one of them alone. */
  atEachRevision?: boolean
  /** Opens a chain of sessions: begun early too, since handshakes may be slow. */
  opensChain?: boolean
  /** Runs with no other check beside it: for checks that flood the server or measure its time. */
  alone?: boolean
  /** Runs after all others: for checks that look at what came in the session of the survey while the run went on. */
  last?: boolean
  /**
   * Judges whether the server stayed up, from what was noticed while the others ran: at the very end, also when there is no server any more.
   * Its finding stands in every run, whatever was selected.
   */
  watches?: boolean
  /**
   * What a check that runs last or alone can do beside the others, so that nobody has to wait for it in the end. It leaves its outcome in
   * `client.once`, where `run` finds it; what it throws is met there again.
   */
  early?(client: Client): Promise<unknown>
  /** Waits longer than 5 s; run only with --slow. */
  slow?: boolean
  /** What usually causes the breach and how to mend it, in one or two sentences. */
  hint?: string
  /** Judges the rule: returns when it holds, throws a Violation when it is broken, anything else when it could not be judged. */
  run(client: Client): Promise<void>
  /** How a server breaks exactly this rule; the project's tests run the check behind it and demand a failure. */
  fault: FaultSource
}

/** A check with its id: its path below suites/, without the ending. */
export interface LoadedCheck extends Check {
  id: string
  suite: string
}

/** Makes a check: a frozen value, nothing is inherited and nothing registered. */
export function defineCheck(check: Check): Readonly<Check> {
  return Object.freeze(check)
}
