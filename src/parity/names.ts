import { stepsOf } from './json-patch.js'

const members: Record<string, string> = {
  inputSchema: 'input schema',
  outputSchema: 'output schema',
  mimeType: 'MIME type',
}

const lists: Record<string, string> = {
  tools: 'tool',
  resources: 'resource',
  resourceTemplates: 'resource template',
  prompts: 'prompt',
}

const answers: Record<string, (name: string) => string> = {
  calls: (name) => `call of ${name}`,
  reads: (name) => `read of ${name}`,
  promptMessages: (name) => `messages of prompt ${name}`,
  refusals: (name) => `answer to ${name}`,
  plain: (name) => `answer to ${name}`,
  failedLists: (name) => `list of ${name}`,
}

const plain: Record<string, string> = {
  revisions: 'protocol revisions',
  unasked: 'notifications nobody asked for',
  instructions: 'instructions',
}

/** What stands at a path of a picture, in words. */
export function nameOf(path: string): string {
  const [area = '', name = '', member, ...rest] = stepsOf(path)
  if (area in lists) {
    if (member === undefined) return `${lists[area]} ${name}`
    return [`${members[member] ?? member} of ${lists[area]} ${name}`, ...inside(rest)].join(': ')
  }
  if (area in answers) {
    if (member === undefined) return answers[area]!(name)
    return [`${member} of the ${answers[area]!(name)}`, ...inside(rest)].join(': ')
  }
  if (area === 'order') return `order of ${name === 'resourceTemplates' ? 'resource templates' : name}`
  if (area === 'capabilities') return ['capability', ...[name, member, ...rest].filter(Boolean)].join(' ')
  if (area === 'serverInfo') return ['server info', ...inside([name, member, ...rest])].join(': ')
  return plain[area] ?? area
}

function inside(steps: readonly (string | undefined)[]): string[] {
  const text = steps.filter((one) => one !== undefined && one !== '').join(' ')
  return text ? [text] : []
}
