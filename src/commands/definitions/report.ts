import { defineCommand } from '../definition.js'
import type { ReportFlags } from '../report.js'

/** `mcp-gauntlet report <run.json>`, and `mcp-gauntlet report --from-k6 <log> [more...]` */
export const report = defineCommand<ReportFlags>({
  usage: 'report <run.json> [more...]',
  description: 'render a stored run again; with --from-k6 what k6 printed',
  options: [
    {
      flags: '--as <format[=file]>',
      description: 'terminal, json, junit, html, sarif, markdown, github or json-patch',
      default: 'terminal',
    },
    {
      flags: '--from-k6',
      description: 'the files are logs of the runners of one exported load: adds them up and judges',
    },
    { flags: '--out <dir>', description: 'writes run.json into this folder' },
  ],
  run: (files, flags, terminal) =>
    import('../report.js').then((module) => module.reportCommand(files, flags, terminal)),
})
