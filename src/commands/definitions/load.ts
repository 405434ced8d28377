import { defineCommand } from '../definition.js'
import type { LoadFlags } from '../load-options.js'
import { loadOptions, reportOptions, sourceOptions } from './option-groups.js'

/** `mcp-gauntlet load [url]` */
export const load = defineCommand<LoadFlags>({
  usage: 'load [url]',
  description: 'put load on a server: what it carries, when it breaks, what its sessions cost',
  options: [
    {
      flags: '--profile <name|file>',
      description: 'steady, ramp, spike, soak, churn, churn-leave, streams, capacity, or a file',
      default: 'steady',
      values: ['steady', 'ramp', 'spike', 'soak', 'churn', 'churn-leave', 'streams', 'capacity'],
    },
    {
      flags: '--duration <time>',
      description: 'how long, such as 30s or 2m; of capacity: how long each step',
    },
    {
      flags: '--session <policy>',
      description: 'who shares a session: shared, per-connection or per-request',
      values: ['shared', 'per-connection', 'per-request'],
    },
    ...loadOptions,
    {
      flags: '--threshold <threshold>',
      description: "what must hold, such as 'p(99)<250ms' or 'rate(errors)<0.1%' (repeatable)",
      repeatable: true,
    },
    { flags: '--target-pid <pid>', description: "the server's process on this machine: watches its CPU and memory" },
    ...sourceOptions,
    ...reportOptions,
  ],
  run: ([url], flags, terminal) => import('../load.js').then((module) => module.loadCommand(url, flags, terminal)),
})
