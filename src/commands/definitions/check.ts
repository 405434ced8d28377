import type { CheckFlags } from '../check.js'
import { defineCommand } from '../definition.js'
import { tuneForShortRun } from '../short-run.js'
import {
  baselineOptions,
  headerOptions,
  reportOptions,
  seedOption,
  selectionOptions,
  sourceOptions,
} from './option-groups.js'

/** `mcp-gauntlet check [url]` */
export const check = defineCommand<CheckFlags>({
  usage: 'check [url]',
  description: 'judge a server: conformance and auth suites',
  options: [
    ...selectionOptions,
    {
      flags: '--revision <revision>',
      description:
        'auto (each rule at the newest revision both sides know, with and without a handshake), all, or one revision',
      default: 'auto',
    },
    { flags: '--strict', description: 'warnings fail the gate' },
    {
      flags: '--require-complete',
      description: 'checks that could not be tested make the run incomplete (exit 3)',
    },
    {
      flags: '--tool <name={json}>',
      description: 'a tool that is safe to call, with arguments (repeatable)',
      repeatable: true,
    },
    ...headerOptions,
    { flags: '--second-token-env <name>', description: "environment variable with another user's token" },
    {
      flags: '--bad-token-env <kind=name>',
      description: 'a token that must be refused: expired, wrong-audience or insufficient-scope (repeatable)',
      repeatable: true,
    },
    {
      flags: '--auth <auto|required|none>',
      description: 'what the server should do about strangers',
      default: 'auto',
      values: ['auto', 'required', 'none'],
    },
    ...baselineOptions,
    { flags: '--timeout <ms>', description: 'the longest wait for one answer (default 5000)' },
    {
      flags: '--concurrency <n>',
      description: 'checks side by side (default 16, or 3 where the server gets slow under load)',
    },
    { flags: '--max-requests <n>', description: 'the most requests of the run (default 10000)' },
    { flags: '--max-time <s>', description: 'the most seconds of the run (default 900)' },
    seedOption,
    { flags: '--slow', description: 'adds checks that wait longer than 5 s' },
    ...sourceOptions,
    ...reportOptions,
  ],
  run: ([url], flags, terminal) => {
    tuneForShortRun()
    return import('../check.js').then((module) => module.checkCommand(url, flags, terminal))
  },
})
