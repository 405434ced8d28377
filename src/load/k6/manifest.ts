import { stringify } from 'yaml'
import { UsageError } from '../../usage-error.js'
import type { Script } from './script.js'

/** What a TestRun of the k6-operator is made of. */
export interface Manifest {
  script: Script
  name: string
  /** How many pods share the load. */
  runners: number
  image: string
}

/** The most that Kubernetes takes in a ConfigMap, in bytes; its object and the script's escapes are in it. */
const limit = 1 << 20

/** No pod sees the whole load, and none sends anything but the load. */
const settings = [
  { name: 'MCP_GAUNTLET_THRESHOLDS', value: 'off' },
  { name: 'K6_NO_USAGE_REPORT', value: 'true' },
]

/**
 * A ConfigMap with the script and a TestRun of the k6-operator, as YAML of two documents. Pods evaluate no thresholds.
 * Their logs are needed afterwards, so nothing is cleaned up. Throws a UsageError for a script that no ConfigMap can hold.
 * CRD: https://github.com/grafana/k6-operator/blob/main/config/crd/bases/k6.io_testruns.yaml
 */
export function manifestOf({ script, name, runners, image }: Manifest): string {
  const scriptName = `${name}-script`
  const secret = `${name}-credentials`
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: scriptName },
    data: { 'script.js': script.text },
  }
  const size = Buffer.byteLength(JSON.stringify(configMap))
  if (size > limit)
    throw new UsageError(
      `the script and its ConfigMap come to ${size} bytes, and Kubernetes takes ${limit}: give shorter arguments to --tool, or put the script on a volume`,
    )
  const credentials = script.credentials.map(({ name: variable }) => ({
    name: variable,
    valueFrom: { secretKeyRef: { name: secret, key: variable } },
  }))
  const testRun = {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name },
    spec: {
      parallelism: runners,
      arguments: '--no-thresholds',
      script: { configMap: { name: scriptName, file: 'script.js' } },
      runner: { image, env: [...settings, ...credentials] },
    },
  }
  return `${howTo(name, secret, script)}${stringify(configMap, { lineWidth: 0 })}---\n${stringify(testRun)}`
}

function howTo(name: string, secret: string, { credentials }: Script): string {
  const literals = credentials.map(({ name: variable }) => ` --from-literal=${variable}="$${variable}"`).join('')
  return [
    ...(literals ? [`# kubectl create secret generic ${secret}${literals}`] : []),
    `# kubectl apply -f this-file.yaml, and when every pod is done:`,
    `# kubectl logs -l k6_cr=${name},runner=true --tail=-1 --max-log-requests=1000 > runners.log`,
    '# mcp-gauntlet report --from-k6 runners.log',
    '',
  ].join('\n')
}
