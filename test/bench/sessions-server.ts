import { startCounting } from '../support/counting-server.js'

/* A server with sessions in a process of its own: `sessions-server.js json|sse`. It tells its parent its URL, and ends with it. */
const server = await startCounting({ sessions: true, answers: process.argv[2] === 'sse' ? 'sse' : 'json' })
process.on('disconnect', () => process.exit())
process.send?.(server.url)
