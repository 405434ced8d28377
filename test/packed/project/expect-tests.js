/** Reads what vitest's JSON reporter told of four-servers.test.ts, and fails where a test came out otherwise than it should. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

const { testResults } = JSON.parse(readFileSync('tests.json', 'utf8'))
const told = {}
for (const { ancestorTitles, title, status, failureMessages } of testResults[0].assertionResults)
  told[[...ancestorTitles, title.split(':')[0]].join(' > ')] = [status, failureMessages.join('').split('\n')[0]]

const broken = 'session > terminated-delete-is-404'
const ping = 'ping > answered-before-initialized'
assert.deepEqual(told[`clean > ${ping}`], ['passed', ''])
assert.deepEqual(told[`clean > ${broken}`], ['skipped', ''])
assert.deepEqual(told[`new failure > ${broken}`], [
  'failed',
  'AssertionError: session/terminated-delete-is-404: DELETE in a terminated session: wrong HTTP status',
])
assert.deepEqual(told[`known failure > ${broken}`], ['passed', ''])
assert.deepEqual(told[`known failure > ${ping}`], [
  'failed',
  'AssertionError: ping/answered-before-initialized passes now: take its entry out of known.yaml',
])
assert.equal(Object.values(told).filter(([status]) => status === 'failed').length, 2)

const screen = readFileSync('tests.txt', 'utf8')
assert.match(screen, /Expected: "HTTP 404"\nReceived: "HTTP 200/)
assert.match(screen, /four-servers\.test\.ts:7:1/)
assert.match(screen, /not applicable: the server issues no session id/)
assert.match(screen, /Nothing listens at/)
