import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { UsageError } from '../usage-error.js'
import { saveText } from './save-text.js'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'gauntlet-save-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

it('makes the folders above a file, and leaves nothing beside it', () => {
  const home = folder()
  saveText(join(home, 'a/b/report.txt'), 'whole')
  expect([readFileSync(join(home, 'a/b/report.txt'), 'utf8'), readdirSync(join(home, 'a/b'))]).toEqual([
    'whole',
    ['report.txt'],
  ])
})

it('what a link points to is replaced, not the link', () => {
  const home = folder()
  writeFileSync(join(home, 'there.txt'), 'old')
  symlinkSync(join(home, 'there.txt'), join(home, 'link.txt'))
  saveText(join(home, 'link.txt'), 'new')
  expect(readFileSync(join(home, 'there.txt'), 'utf8')).toBe('new')
})

it.runIf(existsSync('/dev/full'))('a device is written to, never taken away', () => {
  expect(() => saveText('/dev/full', 'text')).toThrow(UsageError)
  expect(() => saveText('/dev/full', 'text')).toThrow(/^\/dev\/full cannot be written: ENOSPC/)
  expect(existsSync('/dev/full')).toBe(true)
})

it('a report that is there stays as it is where the new one has no room', ({ skip }) => {
  const home = folder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', home], { stdio: 'ignore' })
  } catch {
    skip('no file system of a small size can be mounted here')
  }
  onTestFinished(() => void execFileSync('umount', [home]))
  saveText(join(home, 'run.json'), '{"a":"whole document"}')
  expect(() => saveText(join(home, 'run.json'), 'x'.repeat(100_000))).toThrow(/cannot be written: ENOSPC/)
  expect([readFileSync(join(home, 'run.json'), 'utf8'), readdirSync(home)]).toEqual([
    '{"a":"whole document"}',
    ['run.json'],
  ])
})
