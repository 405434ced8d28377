import { isObject } from '../../core/jsonrpc.js'
import type { Json } from '../../core/types.js'
import { both, instead, listing, type ModernFault, must, result, seenAs, should } from './fault.js'
import { text, thinner, undeclared, unknown } from './of-declaration.js'

/** Faults of what is declared and listed. */
export const listFaults: ModernFault[] = [
  must('declares/no-tools', 'tools-capability-declared', 'J', 'tools are served and not declared', undeclared('tools')),
  must(
    'declares/no-resources',
    'resources-capability-declared',
    'S',
    'resources are served and not declared',
    undeclared('resources'),
  ),
  must(
    'declares/no-completions',
    'completion-capability-declared',
    'J',
    'completions are served and not declared',
    undeclared('completions'),
  ),
  must(
    'declares/prompts-gated-by-32602',
    'jsonrpc-gated-method-not-found',
    'J',
    'prompts are not declared and answered with -32602',
    both(
      undeclared('prompts'),
      instead(({ method }) =>
        method.startsWith('prompts/') ? { error: { code: -32602, message: 'prompts are switched off' } } : undefined,
      ),
    ),
  ),
  should(
    'declares/completion-refused-by-32600',
    'completion-unsupported-32601',
    'S',
    'completions are not declared and refused with -32600',
    both(
      undeclared('completions'),
      instead(({ method }) =>
        method === 'completion/complete' ? { error: { code: -32600, message: 'no completions here' } } : undefined,
      ),
    ),
  ),
  must(
    'declares/list-of-no-tools',
    'tools-list-answered',
    'J',
    'the list of tools is empty though calls work',
    (base) =>
      instead((turn) =>
        turn.method === 'tools/list'
          ? { result: { resultType: 'complete', tools: [], ttlMs: 1000, cacheScope: 'public' } }
          : undefined,
      )(base),
  ),
  must(
    'declares/tools-list-unknown',
    'tools-list-answered',
    'M',
    'tools/list is unknown',
    instead(({ method }) => (method === 'tools/list' ? unknown : undefined)),
  ),
  must(
    'declares/resources-list-fails',
    'resources-list-answered',
    'J',
    'resources/list fails inside',
    instead(({ method }) =>
      method === 'resources/list' ? { error: { code: -32603, message: 'the store is away' } } : undefined,
    ),
  ),
  must(
    'declares/prompts-list-unknown',
    'prompts-list-answered',
    'S',
    'prompts/list is unknown',
    instead(({ method }) => (method === 'prompts/list' ? unknown : undefined)),
  ),
  must(
    'declares/resources-by-connection',
    'resources-list-not-connection-dependent',
    'J',
    'after a call the list of resources is shorter on the connection',
    thinner('resources/list', 'resources'),
  ),
  must(
    'declares/prompts-by-connection',
    'prompts-list-not-connection-dependent',
    'J',
    'after a call the list of prompts is shorter on the connection',
    thinner('prompts/list', 'prompts'),
  ),
  should(
    'declares/long-name',
    'tools-name-length',
    'J',
    'the name of a tool has 140 letters',
    listing('stir', (card) => {
      card.name = 'stir'.repeat(35)
    }),
  ),
  should(
    'declares/same-name',
    'tools-name-unique',
    'S',
    'two tools share a name',
    result('tools/list', ({ tools }) => {
      for (const card of tools as Json[]) if (card.name === 'gallery') card.name = 'fragile'
    }),
  ),
  should(
    'declares/any-case-name',
    'tools-name-case-sensitive',
    'M',
    'tools are found in any case',
    seenAs(({ method, params }) =>
      method === 'tools/call' && typeof params.name === 'string'
        ? { params: { ...params, name: params.name.toLowerCase() } }
        : {},
    ),
  ),
  must(
    'declares/untyped-schema',
    'tools-input-schema-root-object',
    'J',
    'an inputSchema has no type',
    listing('gallery', (card) => {
      card.inputSchema = { properties: {}, additionalProperties: false }
    }),
  ),
  should(
    'declares/embeds-without-resources',
    'tools-embedded-needs-resources',
    'J',
    'resources are embedded and not implemented',
    both(
      undeclared('resources'),
      instead(({ method }) => (method.startsWith('resources/') ? unknown : undefined)),
    ),
  ),
  must(
    'declares/list-of-arguments',
    'tools-malformed-call-error',
    'M',
    'a list of arguments is a failed call',
    instead((turn) =>
      turn.method === 'tools/call' && Array.isArray(turn.params.arguments)
        ? { result: { resultType: 'complete', content: [text('arguments are no object')], isError: true } }
        : undefined,
    ),
  ),
  must(
    'declares/names-trimmed',
    'tools-unknown-tool-error',
    'J',
    'dots at the end of the name of a tool are cut off',
    seenAs(({ method, params }) =>
      method === 'tools/call' && typeof params.name === 'string'
        ? { params: { ...params, name: params.name.replace(/[.\s]+$/, '') } }
        : {},
    ),
  ),
  must(
    'declares/scheme',
    'resources-custom-scheme-rfc3986',
    'M',
    'a resource has a scheme with an underscore',
    result('resources/list', ({ resources }) => {
      const last = (resources as Json[]).at(-1)
      if (last !== undefined) last.uri = String(last.uri).replace('ledger:', 'ledger_store:')
    }),
  ),
  must(
    'declares/annotations-null',
    'schema-tools-list-result',
    'J',
    'absent annotations are null',
    result('tools/list', ({ tools }) => {
      for (const card of tools as Json[]) card.annotations ??= null
    }),
  ),
  must(
    'declares/arguments-null',
    'schema-prompts-list-result',
    'S',
    'absent arguments of prompts are null',
    result('prompts/list', ({ prompts }) => {
      for (const prompt of prompts as Json[]) prompt.arguments ??= null
    }),
  ),
  must(
    'declares/icon-sizes',
    'schema-icons',
    'J',
    'the sizes of an icon are one text',
    listing('gallery', (card) => {
      for (const icon of (card.icons ?? []) as Json[]) icon.sizes = '16x16'
    }),
  ),
  must(
    'declares/modified-number',
    'schema-annotations',
    'S',
    'lastModified is a number',
    result('resources/list', ({ resources }) => {
      for (const { annotations } of resources as Json[])
        if (isObject(annotations)) annotations.lastModified = 1_785_571_200
    }),
  ),
  must(
    'declares/no-versions',
    'schema-discover-result',
    'J',
    'discover has versions instead of supportedVersions',
    result('server/discover', (one) => {
      one.versions = one.supportedVersions
      delete one.supportedVersions
    }),
  ),
  must(
    'declares/experimental-list',
    'schema-server-capabilities',
    'M',
    'the capability completions is true',
    result('server/discover', ({ capabilities }) => {
      if (isObject(capabilities)) capabilities.completions = true
    }),
  ),
  must(
    'declares/extension-number',
    'versioning-extension-id-format',
    'S',
    'an extension has a prefix that ends with a dot',
    (base) => ({
      capabilities: (world) => ({ ...base.capabilities(world), extensions: { 'org.example./rank': {} } }),
    }),
  ),
  must(
    'declares/greets-by-name',
    'caching-public-not-user-specific',
    'JK',
    'the instructions of discover greet the caller',
    result('server/discover', (one, { visit }) => {
      one.instructions = `Hello ${visit.subject}, this is your ledger`
    }),
  ),
]
