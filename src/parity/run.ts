import { prepare, type TargetOptions } from '../conformance/assess.js'
import type { NamedTool } from '../conformance/given.js'
import type { Parity, ParitySide } from '../report/parity.js'
import type { Peer } from '../wire/peer.js'
import { lookAt, openRemote } from './http-side.js'
import { type Compared, comparePictures } from './pictures.js'
import { type Side, SideMissing } from './side.js'
import type { StdioCommand } from './stdio-process.js'
import { openStdio, type StdioSide } from './stdio-side.js'

/** What is compared with what, and how. */
export interface ParityWish {
  stdio: StdioCommand
  /** The command as reports show it. */
  shown: string
  url: string
  target: TargetOptions
  /** Globs over JSON pointers: differences that do not count. */
  ignore: readonly string[]
  signal?: AbortSignal
}

/** Both forms, as far as they could be opened. */
interface Forms {
  original?: StdioSide
  converted?: Side
}

const nothing: Compared = { compared: 0, differences: [], patch: [], document: {}, leftOut: [] }

/** Compares a STDIO server with its remote form. Nothing throws for what either does: `obstacle` says why nothing could be compared. */
export async function compareForms(wish: ParityWish): Promise<Parity> {
  const { peer, given } = prepare(wish.url, wish.target)
  const forms: Forms = {}
  const release = peer.wire.closeOn(wish.signal)
  const cut = () => void forms.original?.close()
  wish.signal?.addEventListener('abort', cut, { once: true })
  try {
    const found = await compareOpened(wish, forms, peer, given.tools)
    const end = await forms.original?.peer.end()
    return peer.wire.redact.value(documentOf(wish, forms, peer, found, end))
  } finally {
    release()
    wish.signal?.removeEventListener('abort', cut)
    await forms.converted?.close()
    await forms.original?.close()
    await peer.wire.close()
  }
}

/** Opens both forms and compares them; a form that is missing is told in one sentence. */
async function compareOpened(
  { stdio, shown, ignore, signal }: ParityWish,
  forms: Forms,
  peer: Peer,
  tools: readonly NamedTool[],
): Promise<Compared & { obstacle?: string }> {
  const [original, remote] = await Promise.allSettled([
    openStdio(stdio, shown).then((side) => {
      forms.original = side
      return side
    }),
    lookAt(peer),
  ])
  try {
    if (remote.status === 'rejected') throw remote.reason
    if (original.status === 'rejected') throw original.reason
    forms.converted = await openRemote(peer, remote.value, original.value)
    const found = await comparePictures(original.value, forms.converted, tools, ignore)
    return signal?.aborted ? { ...nothing, obstacle: 'Interrupted before the two were compared.' } : found
  } catch (error) {
    if (!(error instanceof SideMissing)) throw error
    return { ...nothing, obstacle: error.message }
  }
}

function documentOf(
  { shown, url, ignore }: ParityWish,
  { original, converted }: Forms,
  peer: Peer,
  found: Compared & { obstacle?: string },
  end: string | undefined,
): Parity {
  const silent = { lines: 0, examples: [] }
  return {
    original: {
      ...sideOf(shown, original),
      stray: original?.peer.stray ?? silent,
      stderr: original?.peer.stderr ?? silent,
      ...(end === undefined ? {} : { end }),
    },
    converted: { ...sideOf(url, converted), requests: peer.wire.budget.spent() },
    ...found,
    ignore: [...ignore],
  }
}

function sideOf(where: string, side: Side | undefined): ParitySide {
  if (!side) return { where }
  const { revision, modern, hello } = side
  return {
    where,
    revision,
    ...(modern ? { modern: true as const } : {}),
    ...(hello.serverInfo === undefined ? {} : { serverInfo: hello.serverInfo }),
  }
}
