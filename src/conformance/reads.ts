import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { completing } from './completions.js'
import { notTestable } from './expect.js'
import type { Survey } from './survey.js'
import { expanded, listedTemplates, listedUris, variablesOf } from './uris.js'

/** What a read of a resource returned, and what the list says of it, if it is listed. */
export interface Read {
  uri: string
  result: Record<string, any>
  listed?: Record<string, any>
}

/** The most resources that are read beyond those of the tour. */
const mostReads = 20

/** Reads of listed resources and of template instances that completion suggests, those that gave a result; once per run and revision. */
export async function everyRead(client: Client): Promise<Read[]> {
  const reads = await client.once('every read', readAll)
  if (reads.length === 0) notTestable('no listed resource could be read')
  return reads
}

/** Every item of the contents of those reads. */
export async function everyContent(client: Client): Promise<{ content: Record<string, any>; read: Read }[]> {
  const reads = await everyRead(client)
  return reads.flatMap((read) => {
    const contents: unknown[] = Array.isArray(read.result.contents) ? read.result.contents : []
    return contents.filter(isObject).map((content) => ({ content, read }))
  })
}

async function readAll(client: Client): Promise<Read[]> {
  const survey = await client.survey()
  const toured = survey.all('resources/read').map((step) => ({ uri: String(step.params?.uri), reply: step.reply }))
  const rest = listedUris(survey).filter((uri) => !toured.some((one) => one.uri === uri))
  const further = client.brief ? [] : [...rest.slice(0, mostReads), ...(await suggestedInstances(client, survey))]
  const read = async (uri: string) => ({ uri, reply: await client.request('resources/read', { uri }) })
  const all = [...toured, ...(await Promise.all(further.map(read)))]
  return all.flatMap(({ uri, reply }) => {
    const listed = survey.resources.find((one) => one.uri === uri)
    const result = reply.response?.result
    return result === undefined ? [] : [{ uri, result, ...(listed ? { listed } : {}) }]
  })
}

async function suggestedInstances(client: Client, survey: Survey): Promise<string[]> {
  if (!client.facts.capabilities.completions) return []
  const single = listedTemplates(survey).filter((template) => variablesOf(template).length === 1)
  const instances = single.slice(0, 5).map(async (uri) => {
    const what = completing({ ref: { type: 'ref/resource', uri }, argument: variablesOf(uri)[0]! })
    const value = (await client.request('completion/complete', what)).response?.result?.completion?.values?.[0]
    return typeof value === 'string' ? [expanded(uri, encodeURIComponent(value))] : []
  })
  return (await Promise.all(instances)).flat()
}
