import { randomBytes } from 'node:crypto'
import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../usage-error.js'

/**
 * Writes a file and the folders above it, whole or not at all: on a full disk, or with a second run that writes the same file, there is
 * never a part of a text, nor two mixed. A path that cannot be written is the user's to mend: it throws a UsageError.
 */
export function saveText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && !found.isFile()) writeFileSync(path, text)
    else replace(found ? realpathSync(path) : path, text)
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}`)
  }
}

function replace(path: string, text: string): void {
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(beside, text)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    // In a folder where no file may be made, one that is there may be written all the same.
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    writeFileSync(path, text)
  }
}
