import { visible } from '../clean.js'

/** HTML that may stand in a page as it is. Only `html` makes it, which escapes every text it is given. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may be put into a template: texts are escaped, markup stands as it is, lists are joined, nothing is left out. */
export type Content = Markup | string | number | false | null | undefined | readonly Content[]

/** A template of HTML. Every value is escaped, in text and in quoted attributes alike; control characters become visible. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((all, text, at) => all + textOf(values[at - 1]) + text))
}

function textOf(value: Content): string {
  if (value instanceof Markup) return value.text
  if (value === false || value === null || value === undefined) return ''
  return typeof value === 'object' ? value.map(textOf).join('') : escaped(String(value))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return visible(text.replaceAll('\r\n', '\n')).replace(/[&<>"']/g, (char) => entities[char]!)
}

/** A value as a data block that a script of the page reads: inert, whatever text it holds. */
export function dataBlock(value: unknown): Markup {
  const json = JSON.stringify(value, shown).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return new Markup(`<script type="application/json">${json}</script>`)
}

function shown(_: string, value: unknown): unknown {
  return typeof value === 'string' ? visible(value) : value
}

/** A link, where the address is one of the web; else the text alone, so that no stored run can smuggle in a script. */
export function link(address: string, text: Content): Markup {
  if (!/^https?:\/\//i.test(address)) return html`${text}`
  return html`<a href="${address}" rel="noreferrer">${text}</a>`
}
