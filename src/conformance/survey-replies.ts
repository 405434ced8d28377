import type { Reply } from '../wire/reply.js'
import type { Step, Survey } from './survey.js'

/** Every HTTP answer of the tour, those of streams opened by GET included. */
export function repliesOf(survey: Survey): Reply[] {
  const { opening, initialized } = survey.session
  const all = [
    opening,
    ...(initialized ? [initialized] : []),
    ...survey.steps.map((step) => step.reply),
    ...survey.received.map((one) => one.reply),
  ]
  return [...new Set(all)]
}

/** The steps of the tour that HTTP answered with success: what is to be judged as an answer to a request. */
export function successes(survey: Survey): Step[] {
  return survey.steps.filter((step) => step.reply.ok)
}
