/** The world outside as commands see it: only cli.ts builds one, so nothing else touches the process. */
export interface Terminal {
  /** Writes to stdout: reports and nothing else. */
  out(text: string): void
  /** Writes to stderr: progress and messages. */
  err(text: string): void
  columns: number
  /** Colours on stdout. */
  color: boolean
  /** True when stderr is a screen on which a line can be rewritten. */
  live: boolean
  env: Record<string, string | undefined>
  cwd: string
  /** Aborts on SIGINT and SIGTERM. */
  signal: AbortSignal
  /** Has something done when the process ends, however it does; returns a way to take that back. */
  atExit?(work: () => void): () => void
}
