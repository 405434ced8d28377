import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const folder = join(resolve(import.meta.dirname, '../..'), '.github/workflows')
const workflows = Object.fromEntries(
  readdirSync(folder).map((file) => [file, parse(readFileSync(join(folder, file), 'utf8'))]),
)
const stepsOf = (workflow: any): any[] => Object.values<any>(workflow.jobs).flatMap(({ steps }) => steps)

describe.each(Object.keys(workflows))('%s', (file) => {
  const workflow = workflows[file]

  it('takes actions by their commit alone, and leaves no credentials in the checkout', () => {
    const actions = stepsOf(workflow).filter(({ uses }) => uses)
    expect(actions.filter(({ uses }) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([])
    const checkouts = actions.filter(({ uses }) => uses.startsWith('actions/checkout@'))
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual([false])
  })

  it('may read, and only the one that publishes may prove who it is', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    const more = Object.values<any>(workflow.jobs).map(({ permissions }) => permissions?.['id-token'])
    expect(more).toEqual([file === 'publish.yml' ? 'write' : undefined])
  })

  it('puts nothing from outside into a shell', () => {
    expect(stepsOf(workflow).filter(({ run }) => run?.includes('${{'))).toEqual([])
  })

  it('asks for known vulnerabilities of what users install', () => {
    expect(stepsOf(workflow).filter(({ run }) => run?.startsWith('npm audit --omit=dev'))).toHaveLength(1)
  })
})

it('a release is published with provenance, once its tests have passed', () => {
  const commands = stepsOf(workflows['publish.yml']).map(({ run }) => run ?? '')
  const at = (part: string) => commands.findIndex((one) => one.includes(part))
  expect(at('npm publish --ignore-scripts --provenance')).toBe(commands.length - 1)
  expect(at('npm test')).toBeGreaterThan(at('npm ci'))
})

it('CI is .ci/run', () => expect(stepsOf(workflows['ci.yml']).at(-1).run).toBe('.ci/run'))
