import { defineCommand } from '../definition.js'

/** `mcp-gauntlet report <run.json>` */
export const report = defineCommand<{ as?: string }>({
  usage: 'report <run.json>',
  description: 'render a stored run again',
  options: [
    {
      flags: '--as <format[=file]>',
      description: 'terminal, json, junit, html, sarif, markdown, github or json-patch',
      default: 'terminal',
    },
  ],
  run: ([path = ''], flags, terminal) =>
    import('../report.js').then((module) => module.reportCommand(path, flags, terminal)),
})
