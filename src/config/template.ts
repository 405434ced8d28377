import { exampleArguments } from '../protocol/example-arguments.js'

/** What a new config is made from. */
export interface TemplateFacts {
  /** Keys that say where the server comes from and how it is entered, in order. */
  given: Record<string, string>
  /** What is known of it, a line each. */
  known: string[]
  /** True when it wants credentials that were not given. */
  locked: boolean
  tools: { name: string; description?: string; inputSchema?: unknown }[]
}

/** The most tools that a new config lists. */
const mostTools = 40

/** A commented config, YAML. Tools stand in comments: which of them are safe to call is not ours to say. */
export function configTemplate({ given, known, locked, tools }: TemplateFacts): string {
  const lines = [
    '# What `mcp-gauntlet run` does; every key is described in docs/config.md.',
    ...known.map((line) => `#   ${line}`),
    '',
    ...Object.entries(given).map(([key, value]) => `${key}: ${scalar(value)}`),
    ...(given.start ? [] : ['# start: node server.js --port {port}   # starts the server first, and ends it after']),
    '',
    ...(given.tokenEnv
      ? []
      : [
          `# The environment variable with the bearer token${locked ? '; this server wants one' : ', where the server wants one'}.`,
          `${locked ? '' : '# '}tokenEnv: MCP_TOKEN`,
        ]),
    '# secondTokenEnv: MCP_SECOND_TOKEN   # another user: sessions of one must be closed to the other',
    '',
    ...toolLines(tools),
    '',
    'check: true',
    '# check:',
    '#   suites: [initialize, session, tools-list, tools-call, auth]',
    '#   slow: true',
    '# strict: true                 # warnings fail the gate',
    '# requireComplete: true        # so does what could not be tested',
    '# baseline: known-failures.yaml   # mcp-gauntlet run --update-baseline writes what fails now',
    '',
    '# load:',
    '#   profile: steady',
    '#   duration: 10s',
    '#   thresholds:',
    "#     - 'p(99)<250ms'",
    "#     - 'rate(errors)<0.1%'",
    '',
    'reports:',
    '  - terminal',
    '  - junit=reports/mcp-gauntlet.xml',
    'out: reports',
  ]
  return `${lines.join('\n')}\n`
}

function toolLines(tools: TemplateFacts['tools']): string[] {
  const head = [
    '# Tools that are safe to call, with arguments. Calls are made many times, also with wrong arguments.',
    '# Without any, nothing is called but tools that do not exist.',
  ]
  if (tools.length === 0) return [...head, '# tools:', '#   get_weather: { location: Oslo }']
  const more = tools.length > mostTools ? [`#   … and ${tools.length - mostTools} more`] : []
  const list = tools
    .slice(0, mostTools)
    .flatMap(({ name, description, inputSchema }) => [
      ...(description ? [`#   # ${oneLine(description)}`] : []),
      `#   ${scalar(name)}: ${JSON.stringify(exampleArguments(inputSchema))}`,
    ])
  return [...head, '# Take out the # of those you choose, and of "tools:".', '# tools:', ...list, ...more]
}

/** Text in one line of at most 100 characters, without what a terminal or an editor would take for more than text. */
function oneLine(text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\s]+/gu, ' ').trim()
  return flat.length > 100 ? `${flat.slice(0, 99)}…` : flat
}

/** A scalar as YAML reads it back: plain where that is safe, else as JSON, which YAML contains. */
function scalar(text: string): string {
  const plain =
    /^[A-Za-z_./][\w./:@{}?=&%-]*( [\w./:@{}?=&%-]+)*$/.test(text) &&
    !/: |:$|^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
  return plain
    ? text
    : JSON.stringify(text).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff]/g,
        (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
}
