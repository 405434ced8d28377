import { findStation, readingFor, STATIONS } from '../stations.js'
import { structured, type Tool, text, WeatherFailure } from '../tool.js'

const stationId = { type: 'string', description: 'Id of a station, see list_stations', pattern: '^[a-z]{1,32}$' }
const byStation = {
  type: 'object' as const,
  properties: { station: stationId },
  required: ['station'],
  additionalProperties: false as const,
}

function stationOf(id: string) {
  const station = findStation(id)
  if (!station) throw new WeatherFailure(`There is no station ${id}`)
  return station
}

/** Names all stations. */
export const listStations: Tool = {
  name: 'list_stations',
  title: 'Stations',
  description: 'Lists the ids and names of all weather stations',
  readOnly: true,
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  run: () => text(STATIONS.map(({ id, name }) => `${id}: ${name}`).join('\n')),
}

/** Where a station stands. */
export const getStation: Tool = {
  name: 'get_station',
  title: 'Station',
  description: 'Tells where a weather station stands',
  readOnly: true,
  inputSchema: byStation,
  outputSchema: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      name: { type: 'string' },
      latitude: { type: 'number' },
      longitude: { type: 'number' },
    },
    required: ['id', 'name', 'latitude', 'longitude'],
    additionalProperties: false,
  },
  run: ({ station }: { station: string }) => structured({ ...stationOf(station) }),
}

/** What a station measures now. */
export const getHumidity: Tool = {
  name: 'get_humidity',
  title: 'Humidity',
  description: 'Tells the relative humidity at a weather station',
  readOnly: true,
  inputSchema: byStation,
  run: ({ station }: { station: string }) =>
    text(`Humidity at ${stationOf(station).name}: ${readingFor(station).humidity} %`),
}

/** Touches the resource weather://stations; the data stay the same. */
export const refreshStations: Tool = {
  name: 'refresh_stations',
  title: 'Refresh stations',
  description: 'Reads the list of stations again and tells its subscribers; harmless',
  readOnly: false,
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  run(_args, context) {
    context.touch('weather://stations')
    return text(`${STATIONS.length} stations refreshed`)
  },
}
