import type { Json, Policy } from '../core/types.js'
import { declare, type Fault, must, onItems, onResult, onTool } from './fault.js'

const blocks = (tool: string, change: (block: Json) => void) => (base: Policy) =>
  onTool(base, tool, (result) => {
    for (const block of result.content as Json[]) change(block)
  })

const first =
  (change: (item: Json) => void) =>
  (item: Json, index: number): void => {
    if (index === 0) change(item)
  }

const init = 'schema-initialize-result'
const call = 'schema-tool-call-result'
const types = 'schema-content-block-types'

/** Faults of the shape of results. */
export const schemaFaults: Fault[] = [
  must('schema/server-info-no-version', init, 'FJ', 'serverInfo has no version', (base) =>
    onResult(base, 'initialize', (result) => delete (result.serverInfo as Json).version),
  ),
  must('schema/server-info-text', init, 'CH', 'serverInfo is a string', (base) =>
    onResult(base, 'initialize', (result) => {
      result.serverInfo = 'ledger 3.1.4'
    }),
  ),
  must('schema/version-number', init, 'LS', 'the version in serverInfo is a number', (base) =>
    onResult(base, 'initialize', (result) => {
      result.serverInfo = { ...(result.serverInfo as Json), version: 3.1 }
    }),
  ),
  must('schema/instructions-list', init, 'LJ', 'instructions are a list', (base) =>
    onResult(base, 'initialize', (result) => {
      result.instructions = ['A ledger', 'with a parrot']
    }),
  ),
  must('schema/capability-true', 'schema-server-capabilities', 'FJ', 'the tools capability is true', (base) =>
    declare(base, (capabilities) => ({ ...capabilities, tools: true })),
  ),
  must('schema/capability-text', 'schema-server-capabilities', 'LS', 'listChanged is a string', (base) =>
    declare(base, (capabilities) => ({ ...capabilities, prompts: { listChanged: 'false' } })),
  ),
  must('schema/capabilities-list', 'schema-server-capabilities', 'CH', 'capabilities are a list of names', (base) =>
    declare(base, (capabilities) => Object.keys(capabilities) as unknown as Json),
  ),
  must('schema/tools-object', 'schema-tools-list-result', 'LJ', 'tools/list returns an object by name', (base) =>
    onResult(base, 'tools/list', (result) => {
      result.tools = Object.fromEntries((result.tools as Json[]).map((tool) => [String(tool.name), tool]))
    }),
  ),
  must('schema/tool-title-null', 'schema-tools-list-result', 'FS', 'the description of one tool is null', (base) =>
    onItems(base, 'tools/list', 'tools', (tool) => {
      if (tool.name === 'jot') tool.description = null
    }),
  ),
  must('schema/tool-nameless', 'schema-tools-list-result', 'FJ', 'the last tool has no name', (base) =>
    onItems(base, 'tools/list', 'tools', (tool) => {
      if (tool.name === 'ledger.lookup') delete tool.name
    }),
  ),
  must('schema/hint-text', 'schema-tools-list-result', 'LS', 'readOnlyHint is a string', (base) =>
    onItems(
      base,
      'tools/list',
      'tools',
      first((tool) => {
        if (tool.annotations) tool.annotations = { readOnlyHint: 'yes' }
      }),
    ),
  ),
  must('schema/content-object', call, 'LJ', 'content is a single block', (base) =>
    onTool(base, 'parrot', (result) => {
      result.content = (result.content as Json[])[0]
    }),
  ),
  must('schema/content-text', call, 'CH', 'content of a failing tool is a string', (base) =>
    onTool(base, 'fragile', (result) => {
      result.content = 'it broke'
    }),
  ),
  must('schema/no-content', call, 'FS', 'a structured result has no content', (base) =>
    onTool(base, 'sum_pair', (result) => delete result.content),
  ),
  must('schema/is-error-text', call, 'FJ', 'isError is a string', (base) =>
    onTool(base, 'fragile', (result) => {
      result.isError = 'true'
    }),
  ),
  must(
    'schema/text-number',
    call,
    'LJ',
    'the text of a block is a number',
    blocks('sum_pair', (block) => {
      block.text = 42
    }),
  ),
  must(
    'schema/block-untyped',
    types,
    'LS',
    'blocks have no type',
    blocks('parrot', (block) => delete block.type),
  ),
  must(
    'schema/block-json',
    types,
    'FJ',
    'a block has the invented type json',
    blocks('gallery', (block) => {
      if (block.type === 'text') Object.assign(block, { type: 'json' })
    }),
  ),
  must('schema/newer-blocks', types, 'CH FS', 'audio and links are sent in revisions without them', (base) => ({
    dispatch: (turn) =>
      base.dispatch(turn.method === 'tools/call' ? { ...turn, ex: { ...turn.ex, revision: '2025-11-25' } } : turn),
  })),
  must(
    'schema/image-url',
    'schema-content-base64',
    'FJ',
    'image data is a data URL',
    blocks('gallery', (block) => {
      if (block.type === 'image') block.data = `data:image/png;base64,${String(block.data)}`
    }),
  ),
  must(
    'schema/audio-base64url',
    'schema-content-base64',
    'FS',
    'audio data is raw text',
    blocks('gallery', (block) => {
      if (block.type === 'audio') block.data = 'RIFF\u2026WAVE'
    }),
  ),
]
