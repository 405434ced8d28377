import * as z from 'zod'
import { invalidParams } from '../protocol/error.js'
import { type Answer, complaintAbout, type Question } from '../weather/tool.js'

const responseSchema = z.union([
  z.looseObject({ action: z.literal('accept'), content: z.record(z.string(), z.unknown()).optional() }),
  z.looseObject({ action: z.enum(['decline', 'cancel']) }),
])

/** What the user has answered so far, by the key of the question. */
export type Answers = Record<string, Answer>

/**
 * Adds the responses to these questions to the answers known. What was not asked is ignored (mrtr-extra-responses-ignored);
 * what does not fit its form counts as no answer (elicitation-response-validated); -32602 for what is no response at all.
 */
export function gather(
  questions: Record<string, Question>,
  known: Answers,
  responses: Record<string, unknown>,
): Answers {
  const answers: Answers = { ...known }
  for (const [key, { schema }] of Object.entries(questions)) {
    if (responses[key] === undefined || answers[key]) continue
    const { data: response } = responseSchema.safeParse(responses[key])
    if (!response) throw invalidParams('An input response is no answer to an elicitation')
    if (response.action !== 'accept') answers[key] = { action: response.action }
    else if (!complaintAbout(response.content, schema))
      answers[key] = { action: 'accept', content: response.content ?? {} }
  }
  return answers
}

/** The questions still to be asked: none once one was declined, since a tool goes on without the others. */
export function unanswered(questions: Record<string, Question>, answers: Answers): [key: string, question: Question][] {
  if (Object.values(answers).some(({ action }) => action !== 'accept')) return []
  return Object.entries(questions).filter(([key]) => !answers[key])
}
