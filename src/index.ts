/* The public API. A Run document has a JSON Schema beside it: mcp-gauntlet/run.schema.json; a config file mcp-gauntlet/config.schema.json. */
export { type CheckOptions, check, type LoadOptions, load, type ServerOptions } from './api.js'
export {
  type AccessConfig,
  type CheckConfig,
  type Config,
  defineConfig,
  type LoadConfig,
  type SourceConfig,
  type TargetConfig,
  type ToolConfig,
} from './config/config.js'
export { type CapacitySearch, defineProfile, type HeldStreams, type Profile, type Stage } from './load/profile.js'
export type { FigureChange, LoadChange, Previous } from './report/changes.js'
export type { Comparison } from './report/comparison.js'
export type { Load } from './report/load.js'
export type {
  Baseline,
  BaselineEntry,
  Known,
  Outcome,
  Part,
  Result,
  Run,
  Status,
  Target,
  Verdict,
} from './report/run.js'
export { UsageError } from './usage-error.js'
