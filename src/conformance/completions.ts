import type { Client } from './client.js'
import { notTestable } from './expect.js'
import { listedTemplates, variablesOf } from './uris.js'

/** Something that may be completed: an argument of a listed prompt or a variable of a listed template. */
export interface Completable {
  ref: { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string }
  argument: string
}

/** What the server's lists say can be completed; at most `most` of each kind. Ends the check where there is nothing. */
export async function completables(client: Client, most = 6): Promise<Completable[]> {
  const survey = await client.survey()
  const prompts = survey.prompts.flatMap(({ name, arguments: declared }) =>
    (Array.isArray(declared) ? declared : []).map((one: any) => ({
      ref: { type: 'ref/prompt' as const, name },
      argument: String(one?.name),
    })),
  )
  const templates = listedTemplates(survey).flatMap((uri) =>
    variablesOf(uri).map((argument) => ({ ref: { type: 'ref/resource' as const, uri }, argument })),
  )
  const found = [...prompts.slice(0, most), ...templates.slice(0, most)]
  if (found.length === 0) notTestable('no listed prompt has arguments and no listed template has variables')
  return found
}

/** The params of completion/complete for one of them. */
export function completing(
  { ref, argument }: Completable,
  value: unknown = '',
): { ref: object; argument: Record<string, unknown> } {
  return { ref, argument: { name: argument, value } }
}
