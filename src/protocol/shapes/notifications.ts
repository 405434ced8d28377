import type { Revision } from '../revisions.js'
import { call, number, object, oneOf, type Schemas, since, text, token, uri } from './schema.js'

/** Severities of log messages, the least severe first. Spec: server/utilities/logging#log-levels. */
export const logLevels = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'] as const

/** Notifications of the server, as whole messages. Spec: schema#progressnotification and its neighbours. */
export function notificationShapes(revision: Revision): Schemas {
  const meta = { _meta: { type: 'object' } }
  return {
    ProgressNotification: call(
      'notifications/progress',
      object(['progressToken', 'progress'], {
        ...meta,
        progressToken: token,
        progress: number,
        total: number,
        ...since('2025-03-26', revision, { message: text }),
      }),
    ),
    LogNotification: call(
      'notifications/message',
      object(['level', 'data'], { ...meta, level: oneOf(...logLevels), logger: text }),
    ),
    ResourceUpdatedNotification: call('notifications/resources/updated', object(['uri'], { ...meta, uri })),
  }
}
