import { createRequire } from 'node:module'
import { message, sessionHeaders } from './bytes.js'

/* Plain autocannon with the same bytes and no judging: `plain.js <url> <seconds> <connections>`. */

const [url, seconds, connections] = process.argv.slice(2)
const autocannon = createRequire(import.meta.url)('autocannon')
const result = await autocannon({
  url,
  connections: Number(connections),
  ...(seconds === '0' ? { amount: Number(connections) } : { duration: Number(seconds) }),
  method: 'POST',
  headers: sessionHeaders,
  body: message,
})
if (result.errors > 0 || result.non2xx > 0) throw new Error(`not all calls were good: ${result.errors} errors`)
