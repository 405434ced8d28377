import { defineCommand } from '../definition.js'

/** `mcp-gauntlet explain <check-id>` */
export const explain = defineCommand({
  usage: 'explain <check-id>',
  description: 'one check: its rule, its source, its fault, how to mend a breach',
  options: [],
  run: ([id = ''], _flags, terminal) => import('../explain.js').then((module) => module.explainCommand(id, terminal)),
})
