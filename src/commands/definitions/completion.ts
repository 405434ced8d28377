import { defineCommand } from '../definition.js'

/** `mcp-gauntlet completion <shell>` */
export const completion = defineCommand({
  usage: 'completion <shell>',
  description: 'print the completion script for bash, zsh or fish',
  options: [],
  run: ([shell = ''], _flags, terminal) =>
    import('../completion.js').then((module) => module.completionCommand(shell, terminal)),
})
