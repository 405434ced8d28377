import type { Client } from './client.js'
import { completing } from './completions.js'
import type { Survey } from './survey.js'
import { expanded, listedTemplates, listedUris, variablesOf } from './uris.js'

/** The most URIs of each sort that are watched. */
const most = 10

/** URIs that exist and may be subscribed to: those listed, and those that completion suggests for templates of one variable. */
export function watchableUris(client: Client): Promise<string[]> {
  return client.once('watchable URIs', find)
}

async function find(client: Client): Promise<string[]> {
  const survey = await client.survey()
  return [...new Set([...listedUris(survey).slice(0, most), ...(await suggested(client, survey))])]
}

async function suggested(client: Client, survey: Survey): Promise<string[]> {
  if (!client.facts.capabilities.completions) return []
  const single = listedTemplates(survey).filter((template) => variablesOf(template).length === 1)
  const instances = single.slice(0, 3).map(async (uri) => {
    const what = completing({ ref: { type: 'ref/resource', uri }, argument: variablesOf(uri)[0]! })
    const values: unknown = (await client.request('completion/complete', what)).response?.result?.completion?.values
    const texts = (Array.isArray(values) ? values : []).filter((value) => typeof value === 'string')
    return texts.slice(0, most).map((value) => expanded(uri, encodeURIComponent(value)))
  })
  return (await Promise.all(instances)).flat()
}
