import type { SafeTool } from '../../options.js'
import type { Tool } from '../tool.js'
import { convertTemperature, describeWind, issueAlert } from './conversions.js'
import { getAlerts } from './get-alerts.js'
import { getForecast } from './get-forecast.js'
import { getWeather } from './get-weather.js'
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

/** Tools by name; names are case-sensitive (tools-name-case-sensitive). */
export const TOOLS_BY_NAME: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.name, tool]))

/** Calls that succeed and change nothing, for testers that want to call a real tool. */
export const SAFE_TOOLS: readonly SafeTool[] = [
  { name: 'get_weather', arguments: { location: 'Seattle' } },
  { name: 'get_forecast', arguments: { location: 'Seattle', days: 3 } },
  { name: 'get_alerts', arguments: { location: 'Seattle', steps: 4, delayMs: 45 } },
  { name: 'refresh_stations', arguments: {} },
]
