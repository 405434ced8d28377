import { plainJson } from './clean.js'
import { renderJsonPatch } from './json-patch.js'
import { renderJunit } from './junit.js'
import type { Run } from './run.js'
import { renderTerminal, type Screen } from './terminal.js'

/** A report: a function of the Run document and, for the terminal, of the screen. Formats that few runs need load their code when called. */
export type Render = (run: Run, screen: Screen) => string | Promise<string>

/** Every report format by the name `--report` and `--as` take. */
export const formats = {
  terminal: renderTerminal,
  json: (run) => `${plainJson(run)}\n`,
  junit: (run) => renderJunit(run),
  html: async (run) => (await import('./html.js')).renderHtml(run),
  markdown: async (run) => (await import('./markdown.js')).renderMarkdown(run),
  github: async (run) => (await import('./github.js')).renderAnnotations(run),
  sarif: async (run) => (await import('./sarif.js')).renderSarif(run),
  'json-patch': renderJsonPatch,
} satisfies Record<string, Render>

/** The name of a report format. */
export type Format = keyof typeof formats

/** True for the name of a report format. */
export function isFormat(name: string): name is Format {
  return Object.hasOwn(formats, name)
}
