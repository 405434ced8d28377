import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const rooms = ['src', 'suites', 'reference-server']
const sources = rooms.flatMap((room) => filesBelow(join(root, room))).filter((file) => !file.endsWith('.test.ts'))

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

function importsOf(file: string): { text: string; target: string }[] {
  const found = readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, text = '']) => ({
    text,
    target: text.startsWith('.') ? relative(root, resolve(root, dirname(file), text)) : text,
  }))
}

const layers: [from: RegExp, allowed: RegExp][] = [
  [/^src\/protocol\//, /^src\/protocol\//],
  [/^src\/wire\//, /^src\/(wire|protocol)\//],
  [/^src\/report\/(?!run\.js)/, /^src\/(report|protocol)\/|^src\/wire\/(exchange|facts)\.js/],
  [/^src\/conformance\//, /^src\/(conformance|wire|protocol)\/|^src\/report\/run\.js/],
  [
    /^src\/doctor\//,
    /^src\/(doctor|wire|protocol)\/|^src\/report\/diagnosis\.js|^src\/conformance\/(assess|given)\.js/,
  ],
  [
    /^src\/target\//,
    /^src\/(target|wire|protocol)\/|^src\/conformance\/(assess|fault)\.js|^src\/usage-error\.js|^reference-server\/index\.js/,
  ],
  [
    /^src\/load\//,
    /^src\/(load|wire|protocol)\/|^src\/report\/(load|comparison|figures|threshold-text)\.js|^src\/conformance\/(assess|given)\.js|^src\/usage-error\.js/,
  ],
  [
    /^src\/config\//,
    /^src\/(config|protocol)\/|^src\/report\/(run|load)\.js|^src\/load\/(profile|profile-shape|own-module)\.js|^src\/usage-error\.js/,
  ],
  [/^src\/diff\//, /^src\/(diff|report)\/|^src\/load\/ratio\.js/],
  [/^src\/parity\//, /^src\/(parity|wire|protocol)\/|^src\/report\/parity\.js|^src\/conformance\/(assess|given)\.js/],
  [/^suites\/load\//, /^src\/load\/profile\.js$/],
  [/^suites\/(?!load\/)/, /^src\/conformance\/(check|expect)\.js$/],
  [/^reference-server\//, /^reference-server\//],
]

it.each(layers)('imports of %s go one way', (from, allowed) => {
  const wrong = sources
    .filter((file) => from.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ text }) => text.startsWith('.'))
        .map(({ target }) => ({ file, target })),
    )
    .filter(({ target }) => !allowed.test(target))
  expect(wrong).toEqual([])
})

it.each([
  ['commander', 'src/cli.ts'],
  ['undici', 'src/wire/undici.ts'],
  ['autocannon', 'src/load/autocannon.ts'],
  ['testcontainers', 'src/target/container-engine.ts'],
  ['vitest', 'src/vitest.ts'],
  ['rfc6902', 'src/parity/json-patch.ts'],
])('%s has one importer', (name, importer) => {
  const importers = sources.filter((file) =>
    importsOf(file).some(({ text }) => text === name || text.startsWith(`${name}/`)),
  )
  expect(importers).toEqual([importer])
})

it('only cli.ts touches the process', () => {
  const touching = sources.filter(
    (file) =>
      file !== 'src/cli.ts' &&
      // What runs in k6 has k6's console.
      !file.startsWith('src/load/k6/script/') &&
      /\bconsole\.|process\.(exit|stdout|stderr|argv|on)\b/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(touching).toEqual([])
})

it('every check is a file of at most 60 lines', () => {
  const long = sources.filter(
    (file) => file.startsWith('suites/') && readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length > 60,
  )
  expect(long).toEqual([])
})
