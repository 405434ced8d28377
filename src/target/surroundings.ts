/** What opening a target needs of the world around it; the terminal of a command has all of it. */
export interface Surroundings {
  cwd: string
  env: Record<string, string | undefined>
  /** Ends the waiting for a server that is not ready. */
  signal?: AbortSignal
  /** Tells the user what happens meanwhile, in whole lines. */
  err?(text: string): void
  /** Has something done when our own process ends, however it does; returns a way to take that back. */
  atExit?(work: () => void): () => void
}
