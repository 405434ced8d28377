import { readdir } from 'node:fs/promises'
import { build } from 'esbuild'

/* Puts the checks of the build into one file, dist/suites/all.js: five hundred files of their own take longer to load than to run. */
const root = new URL('dist/suites/', import.meta.url)
const folders = (await readdir(root, { withFileTypes: true })).filter((one) => one.isDirectory() && one.name !== 'load')
const listed = folders.map(async ({ name }) =>
  (await readdir(new URL(`${name}/`, root)))
    .filter((file) => file.endsWith('.js') && !file.endsWith('.test.js'))
    .map((file) => `${name}/${file.replace('.js', '')}`),
)
const ids = (await Promise.all(listed)).flat().sort()
const imports = ids.map((id, at) => `import check${at} from './${id}.js'`)
const entries = ids.map((id, at) => `  '${id}': check${at},`)
await build({
  stdin: { contents: [...imports, 'export default {', ...entries, '}'].join('\n'), resolveDir: root.pathname },
  outfile: new URL('all.js', root).pathname,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  plugins: [{ name: 'what checks are built on stays where it is', setup: outside }],
})

function outside(bundling) {
  bundling.onResolve({ filter: /^\.\.\/\.\.\// }, ({ path }) => ({ path: path.replace('../', ''), external: true }))
}
