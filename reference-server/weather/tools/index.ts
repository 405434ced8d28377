import type { ReferenceMode, SafeTool } from '../../options.js'
import type { Tool } from '../tool.js'
import { convertTemperature, describeWind, issueAlert } from './conversions.js'
import { getAirQuality } from './get-air-quality.js'
import { getAlerts } from './get-alerts.js'
import { getForecast } from './get-forecast.js'
import { getWeather } from './get-weather.js'
import { measureStations } from './measure-stations.js'
import { reloadLists } from './reload-lists.js'
import { reportObservation } from './report-observation.js'
import { getHumidity, getStation, listStations, refreshStations } from './stations.js'

/** All tools in the order of tools/list; ten of them, so that four to a page make three pages. */
export const TOOLS: readonly Tool[] = [
  getWeather,
  getForecast,
  getAlerts,
  listStations,
  getStation,
  getHumidity,
  refreshStations,
  convertTemperature,
  describeWind,
  issueAlert,
]

/** The tools of 2026-07-28: all others, and those that need mirrored headers, listeners or somebody to ask. */
export const MODERN_TOOLS: readonly Tool[] = [
  // On the first page, since some clients read no further.
  getAirQuality,
  reportObservation,
  ...TOOLS,
  measureStations,
  reloadLists,
]

const byName: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.name, tool]))
const modernByName: ReadonlyMap<string, Tool> = new Map(MODERN_TOOLS.map((tool) => [tool.name, tool]))

/** The tool of this name, as clients of 2026-07-28 or older ones know it; names are case-sensitive (tools-name-case-sensitive). */
export function findTool(name: string, modern: boolean): Tool | undefined {
  return (modern ? modernByName : byName).get(name)
}

const SAFE_TOOLS: readonly SafeTool[] = [
  { name: 'get_weather', arguments: { location: 'Seattle' } },
  { name: 'get_forecast', arguments: { location: 'Seattle', days: 3 } },
  { name: 'get_alerts', arguments: { location: 'Seattle', steps: 4, delayMs: 50 } },
  { name: 'refresh_stations', arguments: {} },
]

const SAFE_MODERN_TOOLS: readonly SafeTool[] = [
  { name: 'get_air_quality', arguments: { location: 'München', day: 1, detailed: true }, modern: true },
  { name: 'measure_stations', arguments: { delayMs: 40 }, modern: true },
  { name: 'reload_lists', arguments: {}, modern: true },
  { name: 'report_observation', arguments: { location: 'Seattle' }, modern: true },
]

/** Calls that succeed and change nothing, for testers that want to call a real tool. */
export function safeTools(mode: ReferenceMode): SafeTool[] {
  const tools = mode === 'modern' || mode === 'dual' ? [...SAFE_TOOLS, ...SAFE_MODERN_TOOLS] : SAFE_TOOLS
  return structuredClone([...tools])
}
