import {
  defineCheck,
  everyRevision,
  expectAllShut,
  mainDoors,
  onReply,
  shownIn,
  type Visitor,
} from '../../src/conformance/check.js'

const values = [
  '=',
  ',',
  '"',
  'Bearer ,',
  'Bearer a b c',
  'Bearer "quoted"',
  'Bearer Bearer',
  'Bearer %00',
  'Basic ====',
  'Basic',
  '{}',
  'Bearer é',
]

export default defineCheck({
  title: 'A malformed Authorization header is answered with 400 or 401',
  requirement: 'auth-400-malformed',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Decoding a broken header throws in many libraries, and becomes a 500. Catch that and answer 400 or 401.',
  async run(client) {
    const doors = (await mainDoors(client)).slice(0, 2)
    const guests = values.map(
      (value): Visitor => ({ name: `with Authorization: ${value}`, identity: [['authorization', value]], also: [400] }),
    )
    await expectAllShut(client, doors, guests)
  },
  fault: onReply((request) => shownIn(request) === 'Basic ====', { status: 500 }),
})
