import type { Revision } from '../revisions.js'
import { listed, named } from './content.js'
import { flag, integer, list, object, ref, result, type Schemas, text } from './schema.js'

/** Prompts, their messages and completion. Spec: schema#prompt, schema#getpromptresult, schema#completeresult. */
export function promptShapes(revision: Revision): Schemas {
  return {
    PromptArgument: object(['name'], { ...named(revision), description: text, required: flag }),
    Prompt: object(['name'], { ...listed(revision), arguments: list(ref('PromptArgument')) }),
    PromptMessage: object(['role', 'content'], { role: ref('Role'), content: ref('ContentBlock') }),
    ListPromptsResult: result(['prompts'], { prompts: list(ref('Prompt')), nextCursor: ref('Cursor') }),
    GetPromptResult: result(['messages'], { description: text, messages: list(ref('PromptMessage')) }),
    CompleteResult: result(['completion'], {
      completion: object(['values'], { values: list(text), total: integer, hasMore: flag }),
    }),
  }
}
