import { type Tool, text } from '../tool.js'

/** Announces all lists as changed; they stay the same, since no request may change a list (tools-list-not-connection-dependent). */
export const reloadLists: Tool = {
  name: 'reload_lists',
  title: 'Reload lists',
  description: 'Reads the lists of tools, prompts and resources again and tells all who listen; harmless',
  readOnly: false,
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  run(_args, context) {
    context.listsChanged()
    return text('Tools, prompts and resources reloaded')
  },
}
