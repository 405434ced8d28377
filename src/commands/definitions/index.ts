import type { CommandDefinition } from '../definition.js'
import { check } from './check.js'
import { compare } from './compare.js'
import { completion } from './completion.js'
import { diff } from './diff.js'
import { doctor } from './doctor.js'
import { explain } from './explain.js'
import { exportLoad } from './export.js'
import { init } from './init.js'
import { list } from './list.js'
import { load } from './load.js'
import { parity } from './parity.js'
import { report } from './report.js'
import { run } from './run.js'
import { serve } from './serve.js'

/** Every sub-command, in the order of the help. */
export const commands: readonly CommandDefinition[] = [
  check,
  load,
  compare,
  parity,
  doctor,
  run,
  init,
  serve,
  list,
  explain,
  report,
  diff,
  exportLoad,
  completion,
]
