import { defineCommand } from '../definition.js'
import type { ListFlags } from '../list.js'
import { selectionOptions } from './option-groups.js'

/** `mcp-gauntlet list` */
export const list = defineCommand<ListFlags>({
  usage: 'list',
  description: 'list the checks, or with --coverage how much of the spec they cover',
  options: [
    ...selectionOptions,
    { flags: '--coverage', description: 'rules covered per area, revision and tier, and what is left out' },
    { flags: '--json', description: 'as JSON' },
  ],
  run: (_args, flags, terminal) => import('../list.js').then((module) => module.listCommand(flags, terminal)),
})
