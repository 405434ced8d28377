import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/*
 * Puts the modules of the build together, after bundle-suites.js: each file that is started, imported by users or loaded by its path stays where it
 * is, all else goes into dist/chunks. Node's loader takes longer over hundreds of small modules than the program over a server: its work grows with their
 * square.
 */
const dist = fileURLToPath(new URL('dist/', import.meta.url))
const profiles = readdirSync(join(dist, 'suites/load')).filter((file) => file.endsWith('.js'))
const entries = [
  'src/cli.js',
  'src/index.js',
  'src/vitest.js',
  'src/load/thread-main.js',
  'src/load/timer-thread.js',
  'reference-server/worker.js',
  'reference-server/process.js',
  'suites/all.js',
  ...profiles.map((file) => `suites/load/${file}`),
]
const { outputFiles } = await build({
  entryPoints: entries.map((file) => join(dist, file)),
  outbase: dist,
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  plugins: [{ name: 'a module knows where it stood', setup: withPlaces }],
})
// What `npm run compile` had left as it is would be taken for compiled.
rmSync(join(dist, 'compiled.tsbuildinfo'), { force: true })
for (const file of modules(dist)) if (!file.includes('/k6/script/')) rmSync(file)
for (const suite of readdirSync(join(dist, 'suites')))
  if (suite !== 'load') rmSync(join(dist, 'suites', suite), { recursive: true, force: true })
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}

function modules(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith('.js'))
    .map((one) => join(one.parentPath, one.name))
}

/** Files that a module finds beside itself are found from wherever the module went. */
function withPlaces(bundling) {
  bundling.onLoad({ filter: /\/dist\/.*\.js$/ }, ({ path }) => {
    const place = JSON.stringify(relative(dist, path))
    const url = `new URL(${place}, import.meta.url.replace(/^(.*\\/dist\\/).*$/, '$1')).href`
    return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', url) }
  })
}
