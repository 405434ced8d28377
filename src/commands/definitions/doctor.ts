import { defineCommand } from '../definition.js'
import type { DoctorFlags } from '../doctor.js'
import { headerOptions, reportOptions, seedOption, sourceOptions } from './option-groups.js'

/** `mcp-gauntlet doctor [url]` */
export const doctor = defineCommand<DoctorFlags>({
  usage: 'doctor [url]',
  description: 'from DNS to the first tool call: the first broken step, whose it is, the fix',
  options: [
    {
      flags: '--tool <name={json}>',
      description: 'a tool that is safe to call, in place of one that does not exist',
      repeatable: true,
    },
    ...headerOptions,
    ...sourceOptions,
    { flags: '--timeout <ms>', description: 'the longest wait for one answer (default 10000)' },
    { flags: '--probe-waf', description: 'calls a tool that does not exist with an argument that reads like SQL' },
    seedOption,
    ...reportOptions,
  ],
  run: ([url], flags, terminal) => import('../doctor.js').then((module) => module.doctorCommand(url, flags, terminal)),
})
