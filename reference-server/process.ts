import { once } from 'node:events'
import { startReference } from './index.js'
import type { ReferenceOptions } from './options.js'

/* The reference server as a process of its own, for measurements: its CPU and memory are then nobody else's. It ends with its parent. */
const [options] = (await once(process, 'message')) as [ReferenceOptions]
const { close, ...described } = await startReference(options)
process.once('disconnect', close)
process.once('message', () => process.disconnect())
process.send?.(described)
