import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { UsageError } from '../../usage-error.js'

const run = promisify(execFile)

/** The k6 on a PATH, of major 1 or newer. Throws a UsageError where there is none. */
export async function findK6(path: string | undefined): Promise<string> {
  const name = process.platform === 'win32' ? 'k6.exe' : 'k6'
  for (const folder of (path ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, name)
    if (!(await isProgram(file))) continue
    const { stdout } = await run(file, ['version']).catch(() => ({ stdout: '' }))
    const major = Number(/\bv(\d+)\./.exec(stdout)?.[1] ?? 0)
    if (major >= 1) return file
    throw new UsageError(
      `--engine k6: ${file} is ${stdout.trim().split(' (')[0] || 'no k6'}; install k6 2, or leave --engine out`,
    )
  }
  throw new UsageError(
    '--engine k6: there is no k6 on the PATH; install k6 2 (grafana.com/docs/k6), or leave --engine out',
  )
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
