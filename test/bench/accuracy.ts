import { execFileSync } from 'node:child_process'
import { closes } from './accuracy-closing.js'
import { endsFrozen, freezes } from './accuracy-freezing.js'
import { missedBars } from './bars.js'

/* Prints how near to the truth response times are: on a server that freezes, and on servers that close their connections. */

/** Lets nothing else on this machine come between, where the system allows it: what is measured is the tool, not who shares its cores. */
function urgent(yes: boolean): boolean {
  try {
    execFileSync('chrt', ['--all-tasks', yes ? '--rr' : '--other', '--pid', yes ? '20' : '0', String(process.pid)], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

console.log(
  urgent(true)
    ? 'At real-time priority, so that other work on this machine stays out of it.'
    : 'At normal priority (real time is not allowed here): other work on this machine is in the figures.',
)
await freezes()
await endsFrozen()
urgent(false)
await closes()
console.log(missedBars() === 0 ? '\nEvery bar holds.' : `\n${missedBars()} missed.`)
process.exitCode = missedBars() === 0 ? 0 : 1
