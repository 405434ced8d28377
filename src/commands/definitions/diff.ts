import { defineCommand } from '../definition.js'

/** `mcp-gauntlet diff <a.json> <b.json>` */
export const diff = defineCommand<{ as?: string }>({
  usage: 'diff <a.json> <b.json>',
  description: 'what changed between two stored runs; exit code 1 where something got worse',
  options: [
    {
      flags: '--as <format[=file]>',
      description: 'terminal, json or markdown',
      default: 'terminal',
      values: ['terminal', 'json', 'markdown'],
    },
  ],
  run: (files, flags, terminal) => import('../diff.js').then((module) => module.diffCommand(files, flags, terminal)),
})
