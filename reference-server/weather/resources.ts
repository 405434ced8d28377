import { CODE, ProtocolError, quotable } from '../protocol/error.js'
import { findStation, readingFor, STATIONS } from './stations.js'

/** The one listed resource: all stations as JSON. */
export const STATIONS_URI = 'weather://stations'

/** The template under which each station can be read. */
export const STATION_TEMPLATE = 'weather://station/{id}'

/** The URI of one station. */
export function stationUri(id: string): string {
  return STATION_TEMPLATE.replace('{id}', id)
}

function contentsOf(uri: string): string | undefined {
  if (uri === STATIONS_URI) return JSON.stringify(STATIONS)
  const id = /^weather:\/\/station\/([a-z]{1,32})$/.exec(uri)?.[1]
  const station = id === undefined ? undefined : findStation(id)
  return station && JSON.stringify({ ...station, ...readingFor(station.id) })
}

/** The listing of {@link STATIONS_URI}; `size` is the number of bytes it reads. */
export const STATIONS_RESOURCE = {
  uri: STATIONS_URI,
  name: 'stations',
  title: 'Weather stations',
  description: 'All weather stations with their positions',
  mimeType: 'application/json',
  size: Buffer.byteLength(contentsOf(STATIONS_URI)!),
}

/** The listing of {@link STATION_TEMPLATE}. */
export const STATION_RESOURCE_TEMPLATE = {
  uriTemplate: STATION_TEMPLATE,
  name: 'station',
  title: 'One weather station',
  description: 'Position and current reading of the station of this id',
  mimeType: 'application/json',
}

/** Whether there is a resource of this URI. */
export function isResource(uri: string): boolean {
  return contentsOf(uri) !== undefined
}

/**
 * The contents of a resource, or -32002 for each URI but the known ones (resources-not-found-32002); to clients of
 * 2026-07-28 the SDK says -32602 (resources-not-found-32602).
 */
export function readResource(uri: string): { uri: string; mimeType: string; text: string } {
  const found = contentsOf(uri)
  if (found === undefined)
    throw new ProtocolError(CODE.resourceNotFound, `There is no resource ${quotable(uri)}`, { uri })
  return { uri, mimeType: 'application/json', text: found }
}
