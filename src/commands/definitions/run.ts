import { defineCommand, type OptionDefinition } from '../definition.js'
import type { RunFlags } from '../run.js'
import { baselineOptions, reportOptions, seedOption, selectionOptions } from './option-groups.js'

const options: readonly OptionDefinition[] = [
  { flags: '--url <url>', description: 'judge this URL in place of the one in the config; nothing is started' },
  { flags: '--target <name>', description: 'only this one of the targets (repeatable)', repeatable: true },
  {
    flags: '--skip <what>',
    description: 'leaves out check or load, whatever the config says',
    values: ['check', 'load'],
  },
  ...selectionOptions,
  { flags: '--strict', description: 'warnings fail the gate' },
  {
    flags: '--require-complete',
    description: 'checks that could not be tested make the run incomplete (exit 3)',
  },
  ...baselineOptions,
  {
    flags: '--previous <run.json>',
    description: 'a stored run: loads slower than there, beyond chance, fail the gate',
  },
  seedOption,
  { flags: '--i-own-this-server', description: 'allows loads on a server that is not on this machine' },
  ...reportOptions,
]

/** `mcp-gauntlet run [config]` */
export const run = defineCommand<RunFlags>({
  usage: 'run [config]',
  description: 'the CI gate: all that a config file says, with one verdict',
  options,
  run: ([config], flags, terminal) =>
    import('../run.js').then((module) => module.runCommand(config, flags, options, terminal)),
})
