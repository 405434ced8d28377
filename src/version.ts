import { readFileSync } from 'node:fs'

/** The version of the installed package. */
export const version: string = readVersion()

function readVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')).version
    } catch {
      // Sources lie one level below the package, the build two.
    }
  }
  return '0.0.0'
}
