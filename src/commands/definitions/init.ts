import { defineCommand } from '../definition.js'
import type { InitFlags } from '../init.js'
import { headerOptions, sourceOptions } from './option-groups.js'

/** `mcp-gauntlet init [url]` */
export const init = defineCommand<InitFlags>({
  usage: 'init [url]',
  description: 'write a commented config after a look at the server',
  options: [
    { flags: '--file <name>', description: 'where to (default mcp-gauntlet.config.yaml)' },
    { flags: '--force', description: 'writes it anew where it is there already' },
    ...headerOptions,
    ...sourceOptions,
  ],
  run: ([url], flags, terminal) => import('../init.js').then((module) => module.initCommand(url, flags, terminal)),
})
