import { XMLValidator } from 'fast-xml-parser'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const dialect = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }
const active = /<(script|img|svg|iframe|pwned)[^>]*>?(?=[^<]*pwned)|<[^<>]* on\w+=[^<>]*pwned|href="javascript:/i

/** Where each kind of report would let a server do something: none of it may be found. */
const dangers: Record<string, (text: string) => boolean> = {
  'report.html': (text) =>
    active.test(text.replace(/"[^"<>]*"/g, (quoted) => (/javascript:/.test(quoted) ? quoted : '""'))),
  'report.markdown': (text) => active.test(micromark(text, dialect)),
  'report.github': (text) => active.test(micromark(text, dialect)),
  'report.junit': (text) =>
    XMLValidator.validate(text) !== true || /<pwned/.test(text.replace(/<!\[CDATA\[.*?\]\]>/gs, '')),
  'report.sarif': (text) => JSON.parse(text).runs.length !== 1,
  stdout: (text) => /^\s*::|##\[/m.test(text),
  stderr: (text) => /^\s*::|##\[/m.test(text),
}

/** What a server said that took effect in an output of that name, in words. */
export function tookEffect(place: string, text: string): string[] {
  const found: string[] = []
  if (dangers[place]?.(text)) found.push(`what the server says takes effect in ${place}`)
  if (/(?![\t\n\r])\p{Cc}/u.test(text)) found.push(`control characters in ${place}`)
  if (/\.(html|markdown|github|sarif)$|^std/.test(place) && /\p{Bidi_Control}/u.test(text))
    found.push(`marks that turn the writing direction in ${place}`)
  return found
}
