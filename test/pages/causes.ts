import { type Fingerprint, fingerprints, type StepId } from '../../src/protocol/fingerprints/index.js'
import { plain } from './plain.js'

/** Steps of the way to a call at which a breach of a suite's rules often has its cause. */
const steps: Record<string, StepId[]> = {
  initialize: ['handshake'],
  session: ['handshake', 'call'],
  'tools-call': ['call'],
  auth: ['auth', 'redirect'],
  browser: ['host'],
  deployment: ['path', 'body', 'redirect', 'waf'],
  headers: ['accept'],
  jsonrpc: ['body'],
  replica: ['call'],
  security: ['host'],
  transport: ['path', 'accept', 'body', 'redirect', 'waf'],
}

/** The known causes that show at a suite's rules. */
export function causesOf(suite: string): readonly Fingerprint[] {
  return fingerprints.filter(({ step }) => steps[suite]?.includes(step))
}

/** docs/checks/causes.md: what goes wrong on real servers, with its cure per stack. */
export function causesPage(): string {
  const sections = fingerprints.map(({ id, layer, cause, fixes, link }) => {
    const cures = fixes.map(({ stack, text }) => `- ${stack ? `**${plain(stack)}:** ` : ''}${plain(text)}`)
    return `## ${id}\n\n${plain(cause)}. Whose part: ${layer}.\n\n${cures.join('\n')}\n\nSource: <${link}>\n`
  })
  return `# Known causes

What an answer tells of the server behind it: reports and \`mcp-gauntlet doctor\` name these by the traces they leave, with the cure for each stack.

${sections.join('\n')}`
}
