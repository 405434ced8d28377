import { build } from 'esbuild'

/*
 * Puts what runs in k6 into one file, dist/src/load/k6/script/bundle.js: the flow of a load, and the parts of the program that it shares. The data of a
 * load, `theLoad`, stays outside, as do k6's own modules.
 */
const folder = new URL('dist/src/load/k6/script/', import.meta.url)
await build({
  entryPoints: [new URL('flow.js', folder).pathname],
  outfile: new URL('bundle.js', folder).pathname,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'es2022',
  external: ['k6', 'k6/*'],
  plugins: [{ name: 'the data of a load is put before the bundle', setup: outside }],
})

function outside(bundling) {
  bundling.onResolve({ filter: /^\.\/plan\.js$/ }, () => ({ path: 'plan', namespace: 'load' }))
  bundling.onLoad({ filter: /.*/, namespace: 'load' }, () => ({ contents: 'export const plan = theLoad' }))
}
