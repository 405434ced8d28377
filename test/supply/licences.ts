import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..').replace(/\/dist$/, '')

/** Where the page lies. */
export const licencesFile = join(root, 'docs/licences.md')

/** Licences that ask for no more than their text to be kept: they go with MIT. */
export const permissive = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'Zlib', '0BSD'],
])

/** Packages whose package.json names its licence in the form of before 2014, which the lockfile leaves out. */
const oldForm: Record<string, string> = { ssh2: 'MIT', buildcheck: 'MIT', 'cpu-features': 'MIT' }

/** A package that is installed with this one. */
export interface Dependency {
  name: string
  version: string
  licence: string
  /** Named in package.json itself. */
  direct: boolean
  /** Installed where it can be built or is wanted, and not needed. */
  optional: boolean
}

/** Everything that `npm install mcp-gauntlet` brings along, as package-lock.json has it, by name and version. */
export function dependencies(): Dependency[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const direct = new Set(Object.keys(packages[''].dependencies))
  const found = Object.entries<any>(packages).flatMap(([path, { version, license, dev, optional }]): Dependency[] => {
    if (path === '' || dev) return []
    const name = path.replace(/^.*node_modules\//, '')
    const licence = license ?? oldForm[name] ?? 'unknown'
    return [
      {
        name,
        version,
        licence,
        direct: direct.has(name) && path === `node_modules/${name}`,
        optional: optional === true,
      },
    ]
  })
  const byName = new Map(found.map((one) => [`${one.name}@${one.version}`, one]))
  return [...byName.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** The single licences in an SPDX expression. */
export function licencesIn(expression: string): string[] {
  return expression.split(/ AND | OR |[()]/).filter(Boolean)
}

/** docs/licences.md. */
export function licencesPage(): string {
  const all = dependencies()
  const counts = new Map<string, number>()
  for (const { licence } of all) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const row = ({ name, version, licence, direct, optional }: Dependency) =>
    `| ${direct ? `**${name}**` : name} | ${version} | ${licence}${optional ? ' (optional)' : ''} |`
  return [
    '<!-- Written by npm run docs from package-lock.json: change that. -->',
    '',
    '# Licences',
    '',
    'mcp-gauntlet is under the MIT licence. Installing it brings the packages below along, those in bold by its own wish; none of them is copied into',
    'it but the chart library uPlot, whose code stands in every HTML report with charts. A test holds that each licence is a permissive one.',
    '',
    '| licence | packages |',
    '|---|---|',
    ...[...counts].sort(([, a], [, b]) => b - a).map(([licence, count]) => `| ${licence} | ${count} |`),
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...all.map(row),
    '',
  ].join('\n')
}
