import { defineCommand } from '../definition.js'
import type { ServeFlags } from '../serve.js'

/** `mcp-gauntlet serve` */
export const serve = defineCommand<ServeFlags>({
  usage: 'serve',
  description: 'run the reference server',
  options: [
    {
      flags: '--mode <mode>',
      description: 'stateful, stateless, modern, dual or sse',
      default: 'stateful',
      values: ['stateful', 'stateless', 'modern', 'dual', 'sse'],
    },
    {
      flags: '--auth <kind>',
      description: 'none, apikey, credentials or oauth',
      default: 'none',
      values: ['none', 'apikey', 'credentials', 'oauth'],
    },
    { flags: '--port <port>', description: 'port to listen on (default: a free one)' },
    { flags: '--response <form>', description: 'how requests are answered: json or sse', values: ['json', 'sse'] },
    { flags: '--fault <check-id>', description: 'break exactly the rule of this check' },
  ],
  run: (_args, flags, terminal) => import('../serve.js').then((module) => module.serveCommand(flags, terminal)),
})
