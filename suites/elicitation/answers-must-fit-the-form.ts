import {
  defineCheck,
  eachUnfitAnswer,
  expectAnswerNotTaken,
  expectFormsValidated,
  takesUnfitForms,
  unfitContents,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'What the user filled in is taken only where it fits the form',
  requirement: 'elicitation-response-validated',
  needs: ['tool'],
  hint: 'Validate the content against requestedSchema once more: a client may not have done it.',
  run: (client) =>
    client.modern ? eachUnfitAnswer(client, unfitContents, expectAnswerNotTaken) : expectFormsValidated(client),
  fault: takesUnfitForms,
})
