import { defineCommand } from '../definition.js'
import type { ParityFlags } from '../parity.js'
import { headerOptions, reportOptions, sourceOptions } from './option-groups.js'

/** `mcp-gauntlet parity [url]` */
export const parity = defineCommand<ParityFlags>({
  usage: 'parity [url]',
  description: 'compare a STDIO server with its remote conversion, point by point',
  options: [
    {
      flags: '--stdio <command>',
      description: 'the STDIO original: the shell runs it, with the environment of this one',
    },
    {
      flags: '--stdio-server <name>',
      description: 'the STDIO original in the file of --mcp-config, where it holds several',
    },
    {
      flags: '--tool <name={json}>',
      description: 'a tool that is safe to call, with arguments: calls both and compares results (repeatable)',
      repeatable: true,
    },
    {
      flags: '--ignore <pointer>',
      description: 'differences that do not count, such as /tools/*/description (JSON pointer, * and **; repeatable)',
      repeatable: true,
    },
    ...headerOptions,
    { flags: '--timeout <ms>', description: 'the longest wait for one answer of the remote form (default 5000)' },
    ...sourceOptions,
    ...reportOptions,
  ],
  run: ([url], flags, terminal) => import('../parity.js').then((module) => module.parityCommand(url, flags, terminal)),
})
