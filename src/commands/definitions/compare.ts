import type { CompareFlags } from '../compare.js'
import { defineCommand } from '../definition.js'
import { loadOptions, reportOptions } from './option-groups.js'

/** `mcp-gauntlet compare <urlA> <urlB> [more...]` */
export const compare = defineCommand<CompareFlags>({
  usage: 'compare <urlA> <urlB> [more...]',
  description: 'the same load on each in alternating rounds: ratios to the first with 95 % intervals',
  options: [
    {
      flags: '--session <policies>',
      description: 'session policies to try, separated by commas (default per-connection)',
    },
    { flags: '--rounds <n>', description: 'rounds per server and trial (default 6)' },
    { flags: '--duration <time>', description: 'how long each round takes (default 5s)' },
    ...loadOptions,
    ...reportOptions,
  ],
  run: (urls, flags, terminal) =>
    import('../compare.js').then((module) => module.compareCommand(urls, flags, terminal)),
})
