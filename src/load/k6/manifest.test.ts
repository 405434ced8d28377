import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { buildCli } from '../../../test/cli/cli.js'
import { virtualPlan } from '../../../test/support/virtual-load.js'
import { manifestOf } from './manifest.js'
import { scriptOf } from './script.js'

beforeAll(buildCli)

const crd = parseAllDocuments(
  readFileSync(new URL('../../../test/k6/testrun-crd.yaml', import.meta.url), 'utf8'),
)[0]!.toJS()

/** The operator's schema; a member that it does not know is an error here, where a cluster would drop it. */
const fits = new Ajv({ strict: false, validateFormats: false }).compile(
  closed(crd.spec.versions[0].schema.openAPIV3Schema),
)

function closed(schema: any): any {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const own = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]))
  return schema.properties && schema.type === 'object' ? { ...own, additionalProperties: false } : own
}

async function documents(changes: Parameters<typeof virtualPlan>[0] = {}) {
  const script = await scriptOf(virtualPlan(changes))
  const text = manifestOf({ script, name: 'steady', runners: 3, image: 'grafana/k6:2.0.0' })
  const [configMap, testRun] = parseAllDocuments(text).map((one) => one.toJS())
  return { text, script, configMap, testRun }
}

describe('a manifest', () => {
  it('is a ConfigMap with the script and a TestRun as the operator has them', async () => {
    const { configMap, testRun, script } = await documents()
    expect(configMap).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'steady-script' },
      data: { 'script.js': script.text },
    })
    expect(fits(testRun), JSON.stringify(fits.errors)).toBe(true)
    expect(testRun.spec).toMatchObject({
      parallelism: 3,
      script: { configMap: { name: 'steady-script', file: 'script.js' } },
    })
    expect(testRun.spec.cleanup).toBeUndefined()
  })

  it('has runners that evaluate no thresholds', async () => {
    const { spec } = (await documents()).testRun
    expect(spec.arguments).toBe('--no-thresholds')
    expect(spec.runner.env).toContainEqual({ name: 'MCP_GAUNTLET_THRESHOLDS', value: 'off' })
  })

  it('takes credentials from a secret, and holds none', async () => {
    const { text, testRun } = await documents({
      headers: [['authorization', 'Bearer tok-abcdefgh-12345']],
      secrets: ['tok-abcdefgh-12345'],
    })
    expect(text).not.toContain('tok-abcdefgh')
    expect(text).toContain('kubectl create secret generic steady-credentials --from-literal=MCP_TOKEN="$MCP_TOKEN"')
    const secretKeyRef = { name: 'steady-credentials', key: 'MCP_TOKEN' }
    expect(testRun.spec.runner.env).toContainEqual({ name: 'MCP_TOKEN', valueFrom: { secretKeyRef } })
    expect(fits(testRun), JSON.stringify(fits.errors)).toBe(true)
  })

  it('that no ConfigMap can hold is refused', async () => {
    const requests = [{ method: 'tools/call', params: { name: 'echo', arguments: { text: 'x'.repeat(1 << 20) } } }]
    await expect(documents({ requests })).rejects.toThrow(/come to \d+ bytes, and Kubernetes takes 1048576/)
  })

  it('with a member that the operator does not know would be noticed', async () => {
    const { testRun } = await documents()
    expect(fits({ ...testRun, spec: { ...testRun.spec, parallelism: '3' } })).toBe(false)
    expect(fits({ ...testRun, spec: { ...testRun.spec, thresholds: [] } })).toBe(false)
  })
})
