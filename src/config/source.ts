import { readFile } from 'node:fs/promises'
import type { Document, LineCounter } from 'yaml'
import { UsageError } from '../usage-error.js'

/** Where a value stands in a document: keys and indices from the top. */
export type KeyPath = readonly PropertyKey[]

/** What a file holds, and where in it each key stands. */
export interface Source {
  /** The file as the user named it. */
  file: string
  value: unknown
  /** The key below which the value stands, where it is not the whole file. */
  top?: string
  /** The line of a key, counted from 1; undefined in files that are code. */
  lineOf(path: KeyPath): number | undefined
}

/** Reads a YAML or JSON file. Throws a UsageError with the line where it cannot be read. */
export async function readSource(path: string, file: string): Promise<Source> {
  return parseSource(await readText(path, file), file)
}

/** Reads a file's text. Throws a UsageError where there is none. */
export async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(code === 'ENOENT' ? `${file}: there is no such file` : `${file}: cannot be read (${code})`)
  }
}

/** The same of text that was read already. What ends with .json is held to JSON's grammar. */
export async function parseSource(text: string, file: string): Promise<Source> {
  const { LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const strict = file.endsWith('.json')
  const [error] = document.errors
  if (strict || !error) {
    const value = strict
      ? parseStrictly(text, file, error && lines.linePos(error.pos[0]).line)
      : contentOf(document, file)
    return { file, value, lineOf: (path) => lineOf(document, lines, path) }
  }
  throw new UsageError(`${file} line ${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`)
}

function parseStrictly(text: string, file: string, line: number | undefined): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    const position = /position (\d+)/.exec(message)?.[1]
    const at = position ? text.slice(0, Number(position)).split('\n').length : line
    throw new UsageError(`${file}${at ? ` line ${at}` : ''}: this is no JSON: ${message.split('\n')[0]}`)
  }
}

function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`)
  }
}

/** The line of the last key on the path that stands in the document. */
function lineOf(document: Document, lines: LineCounter, path: KeyPath): number | undefined {
  let node: any = document.contents
  let offset: number | undefined = node?.range?.[0]
  for (const key of path) {
    const pair = node?.items?.find?.((item: any) => item?.key && String(item.key.value ?? item.key) === String(key))
    const next = pair ? pair.value : typeof key === 'number' ? node?.items?.[key] : undefined
    offset = (pair ? pair.key?.range?.[0] : next?.range?.[0]) ?? offset
    if (!pair && !next) break
    node = next
  }
  return offset === undefined ? undefined : lines.linePos(offset).line
}
