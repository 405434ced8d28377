import type { OptionDefinition } from '../definition.js'

/** What is sent along with every request of a command that speaks to a server. */
export const headerOptions: readonly OptionDefinition[] = [
  { flags: '--header <name: value>', description: 'a header for every request (repeatable)', repeatable: true },
  {
    flags: '--header-file <file>',
    description: 'the same, one header a line: keeps secrets out of the process list',
  },
  { flags: '--token-env <name>', description: 'environment variable that holds the bearer token' },
]

/** Where the server of a command comes from, when it is not simply there. */
export const sourceOptions: readonly OptionDefinition[] = [
  {
    flags: '--start <command>',
    description: 'starts the server first and ends it after; {port} in it stands for a free port',
  },
  { flags: '--image <name>', description: 'runs this container image; with a path in place of a URL, /mcp by default' },
  { flags: '--dockerfile <dir>', description: 'builds the image in this folder and runs it' },
  {
    flags: '--container-port <n>',
    description: 'where the server listens in the container (default: what it exposes)',
  },
  { flags: '--cpus <n>', description: 'how many cores the container may use, such as 0.5' },
  { flags: '--memory <amount>', description: 'how much memory it may use, such as 512m' },
  { flags: '--wait-for <time>', description: 'how long a started server may take to be ready (default 60s)' },
  { flags: '--env <name[=value]>', description: 'a variable for the started server (repeatable)', repeatable: true },
  { flags: '--mcp-config <file>', description: 'takes URL and headers from an mcpServers file' },
  { flags: '--server <name>', description: 'which server of that file, where it holds several' },
]

/** Where the reports of a command go. */
export const reportOptions: readonly OptionDefinition[] = [
  {
    flags: '--report <format[=file]>',
    description:
      'terminal, json, junit, html, sarif, markdown, github or json-patch; with =file it goes there (repeatable)',
    repeatable: true,
  },
  { flags: '--out <dir>', description: 'writes run.json into this folder' },
  { flags: '--json', description: 'the Run document alone on stdout' },
  { flags: '--quiet', description: 'no progress, and no report on stdout unless one is asked for' },
]

/** Failures that are known. */
export const baselineOptions: readonly OptionDefinition[] = [
  {
    flags: '--baseline <file>',
    description: 'YAML or JSON file of known failures; one that passes fails the run as stale',
  },
  { flags: '--update-baseline', description: 'writes what fails now to that file, and drops what passes' },
]

/** Which checks a command takes. */
export const selectionOptions: readonly OptionDefinition[] = [
  { flags: '--suite <names>', description: 'only these suites, separated by commas' },
  { flags: '--only <id-prefix>', description: 'only checks whose id starts so (repeatable)', repeatable: true },
]

/** Where all comes from that is made up on the way. */
export const seedOption: OptionDefinition = {
  flags: '--seed <text>',
  description: 'makes up the same canaries, ids and tokens as the run whose report shows it',
}

/** Which load is made, and what must hold in it. */
export const profileOptions: readonly OptionDefinition[] = [
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
  {
    flags: '--threshold <threshold>',
    description: "what must hold, such as 'p(99)<250ms' or 'rate(errors)<0.1%' (repeatable)",
    repeatable: true,
  },
]

/** How a load is made, of `load` and of `compare`. */
export const loadOptions: readonly OptionDefinition[] = [
  {
    flags: '--mode <mode>',
    description: 'auto, stateful, stateless or modern (revision 2026-07-28)',
    default: 'auto',
    values: ['auto', 'stateful', 'stateless', 'modern'],
  },
  { flags: '--connections <n>', description: 'connections kept busy, or those that carry a rate' },
  { flags: '--rate <n/s>', description: 'requests started per second, whatever the answers do (open loop)' },
  {
    flags: '--tool <name={json}>',
    description: 'the tool to call, with arguments; it must be safe to call',
    repeatable: true,
  },
  { flags: '--method <method>', description: 'another method than tools/call: tools/list, ping, resources/list …' },
  { flags: '--workers <n>', description: 'threads that make the load (default 1)' },
  ...headerOptions,
  { flags: '--ca <file>', description: 'PEM file with further certificate authorities' },
  { flags: '--timeout <ms>', description: 'the longest wait for one answer (default 10000)' },
  { flags: '--i-own-this-server', description: 'allows a server that is not on this machine' },
]
