import {
  defineCheck,
  eachUnfitAnswer,
  expectAnswerNotTaken,
  onRetry,
  unfitAnswers,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Answers that are no answers to the questions are not taken for good ones',
  requirement: 'mrtr-responses-validated',
  needs: ['modern', 'tool'],
  hint: 'Parse each answer as the result of the method that was asked, before you use what is in it.',
  run: (client) => eachUnfitAnswer(client, unfitAnswers, expectAnswerNotTaken),
  fault: () => {
    let good: unknown
    return onRetry((params) => {
      const actions = Object.values<any>(params.inputResponses ?? {}).map((one) => String(one?.action))
      if (actions.every((action) => action === 'accept')) good = params.inputResponses
      const unfit = actions.some((action) => !/^(accept|decline|cancel)$/.test(action))
      return unfit ? { ...params, inputResponses: good } : undefined
    })
  },
})
