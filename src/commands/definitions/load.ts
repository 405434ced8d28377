import { defineCommand } from '../definition.js'
import type { LoadFlags } from '../load-options.js'
import { loadOptions, profileOptions, reportOptions, sourceOptions } from './option-groups.js'

/** `mcp-gauntlet load [url]` */
export const load = defineCommand<LoadFlags>({
  usage: 'load [url]',
  description: 'put load on a server: what it carries, when it breaks, what its sessions cost',
  options: [
    ...profileOptions,
    ...loadOptions,
    {
      flags: '--engine <name>',
      description: 'what makes the load: built-in, or k6 where it is installed',
      default: 'built-in',
      values: ['built-in', 'k6'],
    },
    { flags: '--target-pid <pid>', description: "the server's process on this machine: watches its CPU and memory" },
    ...sourceOptions,
    ...reportOptions,
  ],
  run: ([url], flags, terminal) => import('../load.js').then((module) => module.loadCommand(url, flags, terminal)),
})
