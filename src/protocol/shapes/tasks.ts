import { integer, list, object, oneOf, ref, result, type Schemas, text } from './schema.js'

/** Tasks of 2025-11-25. Spec: 2025-11-25/schema#task. */
export function taskShapes(): Schemas {
  const members = {
    taskId: text,
    status: oneOf('working', 'input_required', 'completed', 'failed', 'cancelled'),
    statusMessage: text,
    createdAt: text,
    lastUpdatedAt: text,
    ttl: { type: ['integer', 'null'] },
    pollInterval: integer,
  }
  return {
    Task: object(['taskId', 'status', 'createdAt', 'lastUpdatedAt', 'ttl'], members),
    CreateTaskResult: result(['task'], { task: ref('Task') }),
    ListTasksResult: result(['tasks'], { tasks: list(ref('Task')), nextCursor: ref('Cursor') }),
  }
}
