import { createHash } from 'node:crypto'

/** A place where the imaginary weather is measured. */
export interface Station {
  id: string
  name: string
  latitude: number
  longitude: number
}

/** All stations there are, in the order of their ids. */
export const STATIONS: readonly Station[] = [
  { id: 'bergen', name: 'Bergen', latitude: 60.39, longitude: 5.32 },
  { id: 'lima', name: 'Lima', latitude: -12.05, longitude: -77.04 },
  { id: 'munich', name: 'München', latitude: 48.14, longitude: 11.58 },
  { id: 'nairobi', name: 'Nairobi', latitude: -1.29, longitude: 36.82 },
  { id: 'sapporo', name: '札幌', latitude: 43.06, longitude: 141.35 },
  { id: 'seattle', name: 'Seattle', latitude: 47.61, longitude: -122.33 },
]

/** The station of this id, or undefined. */
export function findStation(id: string): Station | undefined {
  return STATIONS.find((station) => station.id === id)
}

/** What a station or a place measures; the same for the same arguments, always. */
export interface Reading {
  /** Degrees Celsius, -10 to 34. */
  temperature: number
  /** Percent, 20 to 99. */
  humidity: number
  conditions: string
}

const CONDITIONS = ['sunny', 'cloudy', 'light rain', 'fog', 'snow', 'windy'] as const

/** The weather at a place on a day, 0 being today. Made up from a hash, so that no network and no clock is needed. */
export function readingFor(place: string, day = 0): Reading {
  const digest = createHash('sha256').update(`${place}:${day}`).digest()
  return {
    temperature: (digest[0]! % 45) - 10,
    humidity: 20 + (digest[1]! % 80),
    conditions: CONDITIONS[digest[2]! % CONDITIONS.length]!,
  }
}
