/** Text that a STDIO server wrote where no message stands: how many lines, and the first few. */
export interface StrayText {
  lines: number
  /** At most five lines, each cut at 200 characters. */
  examples: string[]
}

/** One form of the server, as it said of itself. */
export interface ParitySide {
  /** The URL, or the command line. */
  where: string
  /** The revision that the two were compared in; absent where no handshake came about. */
  revision?: string
  /** True for revision 2026-07-28, which has no handshake. */
  modern?: true
  serverInfo?: unknown
}

/**
 * One difference between the two forms. `path` is a JSON pointer into what was compared (RFC 6901). `missing`: only the original has it;
 * `added`: only the conversion; `changed`: both have it.
 */
export interface Difference {
  path: string
  /** What differs, in words: `description of tool get_weather`. */
  name: string
  kind: 'missing' | 'added' | 'changed'
  original?: unknown
  converted?: unknown
  /** `volatile`: one form alone gave two values in two tries; `ignored`: the user said so. Only `differs` counts. */
  state: 'differs' | 'volatile' | 'ignored'
}

/** An operation of JSON Patch (RFC 6902). */
export interface PatchOperation {
  op: 'add' | 'remove' | 'replace'
  path: string
  value?: unknown
}

/** A STDIO server against its remote conversion. Plain JSON. */
export interface Parity {
  original: ParitySide & {
    /** What it wrote to stdout that is no JSON-RPC message: clients of a STDIO server stumble over it. */
    stray: StrayText
    stderr: StrayText
    /** How it ended once its input was closed: `exit code 0`, or the signal it took. */
    end?: string
  }
  converted: ParitySide & { requests: number }
  /** How many values were compared. */
  compared: number
  differences: Difference[]
  /** Turns `document` into that of the conversion: every difference that counts, and no other. */
  patch: PatchOperation[]
  /** All that was found of the original. */
  document: Record<string, unknown>
  /** What was not compared, and why. */
  leftOut: string[]
  /** Globs of `--ignore`. */
  ignore: string[]
  /** Why nothing could be compared, in one sentence. */
  obstacle?: string
}
