import type { ScriptPlan } from './script-plan.js'
import { shortcomingsOf } from './shortcomings.js'

/** The comment at the top of a script: what it is, how to run it, and what it cannot do. */
export function headOf({ told, credentials }: ScriptPlan): string {
  const given = credentials.map((name) => ` -e ${name}=…`).join('')
  const lines = [
    `The load "${told.profileName}" of mcp-gauntlet for ${told.url}, mode ${told.mode}, for k6 2.`,
    'Written by mcp-gauntlet export k6: first the data, then the code that every such script has.',
    '',
    `  k6 run${given} script.js > runner.log 2>&1`,
    `  k6 run${given} --execution-segment 0:1/2 --execution-segment-sequence 0,1/2,1 script.js > runner-1.log 2>&1`,
    '  mcp-gauntlet report --from-k6 runner*.log',
    '',
    'k6 merges neither percentiles nor thresholds of several runners: each prints its counts, and the report adds them up. The thresholds in here',
    'are for a single k6; MCP_GAUNTLET_THRESHOLDS=off leaves them to the report.',
    ...(told.openingSeconds > 0
      ? [`Sessions are opened in the first ${told.openingSeconds} s; then the clock starts.`]
      : []),
    '',
    'What k6 cannot do:',
    ...shortcomingsOf(told).map((text) => `- ${text}`),
    '',
    'Holds code of eventsource-parser, (c) Espen Hovlandsdal, MIT licence.',
  ]
  return `/*\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd()).join('\n')}\n */`
}
