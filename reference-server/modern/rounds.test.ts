import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningReference, startReference } from '../index.js'
import { ask, callTool, type Deviation, refusalOf, responseOf } from '../testing/modern-client.js'
import type { Message } from '../testing/raw-client.js'

const seen = { action: 'accept', content: { sky: 'rain', temperature: 4 } }
const yes = { action: 'accept', content: { publish: true } }
const place = { location: 'Oslo' }

/** The call in its next round; arguments as given or the same as ever. */
function report(url: string, round: Message = {}, deviation: Deviation = {}) {
  const params = { name: 'report_observation', arguments: place, ...round }
  return ask(url, 'tools/call', params, { id: Math.random().toString(36), ...deviation })
}

async function resultOf(reply: ReturnType<typeof report>): Promise<Message> {
  return responseOf(await reply).result
}

describe.each(['sse', 'json'] as const)('a tool that asks, answered as %s', (response) => {
  let server: RunningReference
  beforeAll(async () => {
    server = await startReference({ mode: 'modern', response })
  })
  afterAll(() => server.close())

  const stateOf = async () => (await resultOf(report(server.url))).requestState as string
  const answer = async (inputResponses: unknown, more: Message = {}) =>
    report(server.url, { inputResponses, requestState: await stateOf(), ...more })

  it('asks first, with flat forms and no caching hints', async () => {
    const result = await resultOf(report(server.url))
    expect(Object.keys(result).sort()).toEqual(['_meta', 'inputRequests', 'requestState', 'resultType'])
    expect(result.resultType).toBe('input_required')
    for (const { method, params } of Object.values<Message>(result.inputRequests)) {
      expect([method, params.mode, typeof params.message]).toEqual(['elicitation/create', 'form', 'string'])
      expect(Object.keys(params.requestedSchema).sort()).toEqual(['properties', 'required', 'type'])
    }
    expect(result._meta['io.modelcontextprotocol/serverInfo'].name).toBe('weather')
  })

  it('is done once all is answered, extra answers ignored', async () => {
    const result = await resultOf(answer({ observation: seen, publication: yes, extra: yes }))
    expect([result.resultType, result.content[0].text]).toEqual(['complete', 'Reported for Oslo: rain, 4 °C'])
  })

  it('asks again for what is missing, remembering the rest', async () => {
    const second = await resultOf(answer({ observation: seen }))
    expect([second.resultType, Object.keys(second.inputRequests)]).toEqual(['input_required', ['publication']])
    const { requestState } = second
    const third = await resultOf(report(server.url, { inputResponses: { publication: yes }, requestState }))
    expect(third.content[0].text).toContain('rain')
  })

  const unfit: [string, Message][] = [
    ['a value of the wrong type', { ...seen, content: { sky: 'rain', temperature: 'cold' } }],
    ['a value that was not offered', { ...seen, content: { sky: 'green', temperature: 4 } }],
    ['a missing field', { ...seen, content: { sky: 'rain' } }],
    ['no content', { action: 'accept' }],
    ['a wrapped result', { method: 'elicitation/create', result: seen }],
  ]
  it.each(unfit)('asks again after %s', async (_name, observation) => {
    const result = await resultOf(answer({ observation, publication: yes }))
    expect([result.resultType, Object.keys(result.inputRequests)]).toEqual(['input_required', ['observation']])
  })

  it.each(['decline', 'cancel'])('reports nothing after %s', async (action) => {
    for (const responses of [{ observation: { action } }, { observation: seen, publication: { action } }]) {
      const result = await resultOf(answer(responses))
      expect([result.resultType, result.content[0].text]).toEqual(['complete', 'Nothing was reported for Oslo'])
    }
  })

  it.each([
    ['a string', 'yes'],
    ['an array', [seen]],
    ['an answer that is no object', { observation: 'rain' }],
  ])('refuses %s for answers', async (_name, responses) => {
    expect(refusalOf(await answer(responses))).toEqual([400, -32602])
  })

  it('refuses results of another method', async () => {
    const sampled = { role: 'assistant', content: { type: 'text', text: 'rain' }, model: 'm' }
    expect(responseOf(await answer({ observation: sampled, publication: yes })).error.code).toBe(-32602)
  })

  it('refuses states that were altered, cut, made up, or belong to another request', async () => {
    const state = await stateOf()
    const at = state.length >> 1
    const flipped = `${state.slice(0, at)}${state[at] === 'A' ? 'B' : 'A'}${state.slice(at + 1)}`
    const inputResponses = { observation: seen, publication: yes }
    for (const requestState of [flipped, state.slice(0, -4), state.slice(4), `${state}AAAA`, 'eyJhIjoxfQ==', '']) {
      const { error } = responseOf(await report(server.url, { inputResponses, requestState }))
      expect(error.code).toBe(-32602)
    }
    expect(refusalOf(await report(server.url, { inputResponses, requestState: 7 }))).toEqual([400, -32602])
    for (const other of [{ arguments: { location: 'Bergen' } }, { name: 'get_weather' }])
      expect(responseOf(await report(server.url, { inputResponses, requestState: state, ...other })).error.code).toBe(
        -32602,
      )
    const read = await ask(server.url, 'resources/read', { uri: 'weather://stations', requestState: state })
    expect(responseOf(read).error.code).toBe(-32602)
  })

  it('asks anew when its state is missing', async () => {
    const result = await resultOf(report(server.url, { inputResponses: { observation: seen, publication: yes } }))
    expect([result.resultType, Object.keys(result.inputRequests)]).toHaveLength(2)
    expect(result.resultType).toBe('input_required')
  })

  it('remembers nothing of calls that were given up', async () => {
    const given = await Promise.all(Array.from({ length: 40 }, () => stateOf()))
    expect(new Set(given).size).toBe(40)
    const result = await resultOf(report(server.url))
    expect(Object.keys(result.inputRequests)).toHaveLength(2)
  })

  it('does not ask clients that take no forms, whatever they declared before', async () => {
    const inputResponses = { observation: seen, publication: yes }
    for (const clientCapabilities of [{}, { elicitation: { url: {} } }, { sampling: {}, roots: {} }]) {
      await report(server.url)
      for (const round of [{}, { inputResponses, requestState: await stateOf() }]) {
        const reply = await report(server.url, round, { meta: { clientCapabilities } })
        expect(refusalOf(reply)).toEqual([400, -32021])
        const { requiredCapabilities } = responseOf(reply).error.data
        const again = await resultOf(report(server.url, {}, { meta: { clientCapabilities: requiredCapabilities } }))
        expect(again.resultType).toBe('input_required')
      }
    }
    for (const elicitation of [{}, { form: {} }, { form: {}, url: {} }])
      expect(
        (await resultOf(report(server.url, {}, { meta: { clientCapabilities: { elicitation } } }))).resultType,
      ).toBe('input_required')
  })

  it('judges arguments before it asks', async () => {
    const { result } = responseOf(await callTool(server.url, 'report_observation', {}))
    expect(result.isError).toBe(true)
  })
})

it('takes a state from its own user only', async () => {
  const server = await startReference({ mode: 'modern', auth: 'apikey', env: {} })
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  const { valid, second } = server.tokens!
  const { requestState } = await resultOf(report(server.url, {}, as(valid)))
  const round = { inputResponses: { observation: seen, publication: yes }, requestState }
  expect(responseOf(await report(server.url, round, as(second))).error.code).toBe(-32602)
  expect((await report(server.url, round)).status).toBe(401)
  expect((await resultOf(report(server.url, round, as(valid)))).resultType).toBe('complete')
  await server.close()
})

it('takes a state for a short time only', async () => {
  const server = await startReference({ mode: 'modern', answerSeconds: -1 })
  const { requestState } = await resultOf(report(server.url))
  const round = { inputResponses: { observation: seen, publication: yes }, requestState }
  expect(responseOf(await report(server.url, round)).error.code).toBe(-32602)
  await server.close()
})
