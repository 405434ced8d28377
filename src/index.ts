/* The public API. A Run document has a JSON Schema beside it: mcp-gauntlet/run.schema.json. */
export { type CapacitySearch, defineProfile, type HeldStreams, type Profile, type Stage } from './load/profile.js'
export type { Comparison } from './report/comparison.js'
export type { Load } from './report/load.js'
export type { Run } from './report/run.js'
