import {
  breaksForms,
  defineCheck,
  eachUnfitAnswer,
  expectAnswerNotTaken,
  unfitContents,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'What the user filled in is taken only where it fits the form',
  requirement: 'elicitation-response-validated',
  needs: ['modern', 'tool'],
  revisions: { first: '2026-07-28' },
  hint: 'Validate the content against requestedSchema once more: a client may not have done it.',
  run: (client) => eachUnfitAnswer(client, unfitContents, expectAnswerNotTaken),
  fault: breaksForms,
})
