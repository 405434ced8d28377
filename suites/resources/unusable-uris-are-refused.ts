import { askAll, defineCheck, expectNoResult, listedUris, servesRefused } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'resources/read without a uri, or with one that is no text, is refused in an orderly way',
  requirement: 'resources-uri-validated',
  needs: ['capability:resources'],
  hint: 'Check that uri is a string before you look it up: a number or a list reaches string methods and throws, or finds something.',
  async run(client) {
    const uri = listedUris(await client.survey())[0] ?? 'gauntlet-canary:///none'
    const unfit = [undefined, {}, { uri: 42 }, { uri: null }, { uri: true }, { uri: [uri] }, { uri: { uri } }]
    for (const { reply, what } of await askAll(client, 'resources/read', unfit)) expectNoResult(reply, what)
  },
  fault: servesRefused('resources/read', () => ({ contents: [{ uri: 'gauntlet://some', text: 'some' }] })),
})
