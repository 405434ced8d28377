import { authFaults } from './faults/auth.js'
import { answerFaults } from './faults/by-answer.js'
import { byDoorFaults } from './faults/by-door.js'
import { guardHabitFaults } from './faults/by-guard-habit.js'
import { byHeaderFaults } from './faults/by-header.js'
import { headerHabitFaults } from './faults/by-header-habit.js'
import { listFaults } from './faults/by-list.js'
import { byQuestionFaults } from './faults/by-question.js'
import { questionHabitFaults } from './faults/by-question-habit.js'
import { byRequestFaults } from './faults/by-request.js'
import { byStreamFaults } from './faults/by-stream.js'
import { streamHabitFaults } from './faults/by-stream-habit.js'
import { wireHabitFaults } from './faults/by-wire-habit.js'
import { cachingFaults } from './faults/caching.js'
import type { ModernFault } from './faults/fault.js'
import { featureFaults } from './faults/features.js'
import { headerFaults, paramFaults } from './faults/headers.js'
import { mrtrFaults } from './faults/mrtr.js'
import { subscriptionFaults } from './faults/subscriptions.js'
import { versioningFaults } from './faults/versioning.js'
import { wireFaults } from './faults/wire.js'

export type { ModernCombo, ModernFault } from './faults/fault.js'

/** All faults of 2026-07-28, by area. */
export const modernFaults: ModernFault[] = [
  ...headerFaults,
  ...paramFaults,
  ...versioningFaults,
  ...cachingFaults,
  ...mrtrFaults,
  ...subscriptionFaults,
  ...wireFaults,
  ...featureFaults,
  ...authFaults,
  ...byHeaderFaults,
  ...byRequestFaults,
  ...byStreamFaults,
  ...byQuestionFaults,
  ...byDoorFaults,
  ...listFaults,
  ...answerFaults,
  ...headerHabitFaults,
  ...questionHabitFaults,
  ...streamHabitFaults,
  ...guardHabitFaults,
  ...wireHabitFaults,
]

/** Looks a fault of 2026-07-28 up by its id. */
export function findModernFault(id: string): ModernFault {
  const found = modernFaults.find((fault) => fault.id === id)
  if (found === undefined) throw new Error(`there is no modern fault ${id}`)
  return found
}
