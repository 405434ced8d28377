import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { message, sessionHeaders } from './bytes.js'
import { findK6, findWrk } from './peers.js'

/** A program that makes load for some seconds and ends; for 0 seconds it does all that it does before and after, and next to no load. */
export interface Generator {
  name: string
  env?: Record<string, string>
  command(url: string, seconds: number, connections: number): string[]
}

const scripts = resolve('.bench/scripts')

/** Plain autocannon comes first: the others are compared with it. */
export async function findGenerators(): Promise<Generator[]> {
  return [autocannon, gauntlet, await wrk(), await k6()].filter((one) => one !== undefined)
}

export const autocannon: Generator = { name: 'autocannon, plain', command: node('plain.js') }
export const gauntlet: Generator = { name: 'mcp-gauntlet', command: node('calls.js') }

function node(file: string): Generator['command'] {
  return (url, seconds, connections) => [
    process.execPath,
    join(import.meta.dirname, file),
    url,
    String(seconds),
    String(connections),
  ]
}

async function wrk(): Promise<Generator | undefined> {
  const peer = await findWrk()
  if (!peer) return undefined
  const headers = Object.entries(sessionHeaders).map(([name, value]) => `wrk.headers[${lua(name)}] = ${lua(value)}`)
  const script = await write('wrk.lua', ['wrk.method = "POST"', `wrk.body = ${lua(message)}`, ...headers].join('\n'))
  return {
    name: 'wrk, no judging',
    env: peer.env,
    // It starts at once, and makes load for a second at least.
    command: (url, seconds, connections) =>
      seconds > 0 ? [peer.file, ...`-t 1 -c ${connections} -d ${seconds}s -s`.split(' '), script, url] : ['true'],
  }
}

async function k6(): Promise<Generator | undefined> {
  const peer = await findK6()
  if (!peer) return undefined
  const script = await write(
    'k6.js',
    `import http from 'k6/http'
import { check } from 'k6'
const message = ${message}
const headers = ${JSON.stringify(sessionHeaders)}
let id = message.id + __VU * 1_000_000
export default function () {
  message.id = ++id
  message.params.arguments.text = \`canary-\${id}\`
  const reply = http.post(__ENV.URL, JSON.stringify(message), { headers })
  check(reply, { 'is the answer': ({ status, body }) => status === 200 && body.includes(\`"id":\${id}\`) })
}
`,
  )
  return {
    name: 'k6, status and id looked at',
    env: peer.env,
    command: (url, seconds, connections) => [
      peer.file,
      ...`run --quiet --no-usage-report --vus ${connections} --env URL=${url}`.split(' '),
      ...(seconds > 0 ? ['--duration', `${seconds}s`] : ['--iterations', String(connections)]),
      script,
    ],
  }
}

async function write(name: string, text: string): Promise<string> {
  await mkdir(scripts, { recursive: true })
  await writeFile(join(scripts, name), text)
  return join(scripts, name)
}

function lua(text: string): string {
  return JSON.stringify(text)
}
