/* Proves checks from the command line: node dist/test/proof/cli.js [--setting words] [id-prefix...] */
import { loadChecks } from '../../src/conformance/registry.js'
import { prove, settings, startBench } from './prove.js'

const args = process.argv.slice(2)
const at = args.indexOf('--setting')
const wanted = at < 0 ? '' : args.splice(at, 2)[1]!
const checks = (await loadChecks()).filter(
  (check) => args.length === 0 || args.some((prefix) => check.id.startsWith(prefix)),
)
let wrong = 0
for (const setting of settings.filter((one) => one.name.includes(wanted))) {
  const bench = await startBench(setting)
  const started = performance.now()
  const findings = await prove(bench, checks)
  await bench.close()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const proven = findings.filter((one) => one.broken && ['fail', 'warn'].includes(one.broken.status)).length
  console.log(`\n${setting.name}: ${proven} proven of ${findings.length}, ${seconds} s`)
  for (const { id, clean, broken } of findings) {
    const bad =
      ['fail', 'warn', 'error'].includes(clean.status) || (broken && !['fail', 'warn'].includes(broken.status))
    if (bad) wrong++
    if (bad || clean.status !== 'pass')
      console.log(
        `  ${bad ? 'WRONG ' : ''}${id}: clean ${clean.status}${clean.message ? ` (${clean.message} ${JSON.stringify(clean.actual ?? '')})` : ''}${broken ? `; broken ${broken.status} (${broken.message ?? ''})` : ''}`,
      )
  }
}
process.exitCode = wrong > 0 ? 1 : 0
