import {
  defineCheck,
  everyRevision,
  expectKeptOut,
  letIn,
  type Visitor,
  visitors,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Credentials that are given twice and wrong are refused with 400 or 401',
  requirement: 'auth-400-malformed',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Several Authorization headers are a malformed request; some frameworks join them with commas, others keep the first or the last.',
  async run(client) {
    const header = client.given.credential?.header ?? 'authorization'
    const values = visitors(client, { one: client.canary('a'), two: client.canary('b') }).map(
      (guest) => (guest.identity as [string, string][])[0]![1],
    )
    const [one = '', two = ''] = values
    const twice = (name: string, pair: [string, string][]): Visitor => ({ name, identity: pair, also: [400] })
    const guests = [
      twice(`with two garbage ${header} headers`, [
        [header, one],
        [header, two],
      ]),
      twice(`with an empty and a garbage ${header} header`, [
        [header, ''],
        [header, one],
      ]),
      twice('with two garbage credentials in one header', [[header, `${one}, ${two}`]]),
    ]
    await expectKeptOut(client, guests)
  },
  fault: letIn((_request, shown) => /, /.test(shown ?? '') || shown === ''),
})
