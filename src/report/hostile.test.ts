import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../test/support/random.js'
import { wholeRun } from '../../test/support/whole-run.js'
import { type Format, formats, type Render } from './formats.js'
import type { Run } from './run.js'
import { verdictOf } from './verdict.js'

/** What a server may say to break out of a report. Each holds `pwned` where it would take effect. */
const attacks = [
  '<script>pwned()</script>',
  '</script><img src=x onerror=pwned()>',
  '"><svg onload=pwned()>',
  "' onmouseover='pwned()",
  '</style><style>@import "http://pwned.example"</style>',
  '<!--<script>pwned',
  '</textarea></title></pre></code>](javascript:pwned)',
  '[pwned](javascript:pwned())',
  '![pwned](http://pwned.example/x.png)',
  '<http://pwned.example>',
  'http://pwned.example www.pwned.example pwned@pwned.example',
  '@pwned fixes #1, GH-1',
  '``` pwned\n# pwned\n```',
  '`` ` pwned ``` ``',
  '| pwned | pwned |\n|---|---|\n| x | y |',
  '</details><h1>pwned</h1>',
  '\n::error title=pwned::pwned',
  '\r\n::stop-commands::pwned\r::set-output name=pwned::x',
  '##[error]pwned',
  '%0A::error::pwned',
  '\u001b[2J\u001b]8;;http://pwned.example\u0007pwned\u001b]8;;\u0007',
  '\u202epwned\u2066',
  '\u0000pwned\ud800',
  '\u009b31mpwned\u007f',
  ']]><pwned/>',
  '=HYPERLINK("http://pwned.example")',
  '&lt;pwned&gt; &amp;',
  '\u2028pwned\u2029',
]

const dialect = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }

/** A run whose every text that comes from outside is an attack, another each time. */
function poisoned(seed: number): Run {
  const random = seededRandom(seed)
  const bad = () => attacks[Math.floor(random() * attacks.length)]! + attacks[Math.floor(random() * attacks.length)]!
  const run = wholeRun()
  for (const { target } of run.parts) {
    target.name = bad()
    target.url = bad()
    target.facts!.serverInfo = { name: bad(), version: bad() }
  }
  for (const result of run.results) {
    Object.assign(result, {
      title: bad(),
      rule: bad(),
      link: random() < 0.5 ? 'javascript:pwned()' : bad(),
      hint: bad(),
    })
    Object.assign(result.outcome, { message: bad(), expected: { [bad()]: bad() }, actual: bad() })
    if (result.outcome.cause) result.outcome.cause = bad()
    if (result.known) result.known.reason = bad()
    for (const { request, response } of result.exchanges) {
      Object.assign(request, { method: bad(), url: bad(), headers: [[bad(), bad()]], body: bad() })
      if (response) Object.assign(response, { headers: [[bad(), bad()]], body: bad() })
    }
  }
  for (const load of run.loads) {
    Object.assign(load, {
      profile: bad(),
      target: { name: bad(), url: bad() },
      obstacle: random() < 0.3 ? bad() : undefined,
    })
    load.phases = Object.fromEntries(
      Object.entries(load.phases).map(([name, phase]) => [random() < 0.5 ? name : bad(), phase]),
    )
    for (const phase of Object.values(load.phases))
      for (const example of Object.values(phase.examples))
        Object.assign(example, { message: bad(), request: bad(), response: bad() })
    for (const stage of load.stages) stage.name = bad()
    load.thresholds.push({ text: bad(), held: false, actual: 1 })
  }
  for (const comparison of run.comparisons ?? []) {
    Object.assign(comparison, { method: bad(), tool: bad() })
    for (const target of comparison.targets) Object.assign(target, { name: bad(), url: bad() })
    for (const { sides } of comparison.trials)
      for (const side of sides) Object.assign(side, { failed: 1, example: bad() })
  }
  for (const entry of run.baseline!.entries) Object.assign(entry, { check: bad(), reason: bad() })
  run.baseline!.file = bad()
  return { ...run, verdict: verdictOf(run) }
}

const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1)
const rendered = (format: Format, run: Run) => (formats[format] as Render)(run, { columns: 100, color: false })

describe('what a server says stays text', () => {
  it.each(seeds)('in HTML (%i)', async (seed) => {
    const page = await rendered('html', poisoned(seed))
    const outside = page.replace(/<(script|style)\b[^>]*>.*?<\/\1>/gs, '')
    const tags = [...outside.matchAll(/<(\/?[a-zA-Z!][^\s>]*)/g)].map(([, tag]) => tag!.toLowerCase())
    expect(tags.filter((tag) => /^\/?(script|img|svg|style|iframe|http:|pwned|!--)/.test(tag))).toEqual([])
    expect(outside.replace(/"[^"]*"/g, '""').match(/<[a-z][^<>]*?\s(on\w+|style)=/g)).toBeNull()
    expect(outside).not.toMatch(/href="(?!https?:|#|data:,")/i)
    expect(page.match(/<script>/g)).toHaveLength(1)
    for (const [, block] of page.matchAll(/<script type="application\/json">(.*?)<\/script>/gs)) {
      expect(block).not.toMatch(/[<>\u2028\u2029]/)
      JSON.parse(block!)
    }
  })

  it.each(seeds)('in Markdown (%i)', async (seed) => {
    const html = micromark(await rendered('markdown', poisoned(seed)), dialect)
    expect(html.match(/<(script|img|svg|style|iframe|h1|pwned)/g)).toBeNull()
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!)
    expect(links.filter((href) => /pwned|^(?!https:\/\/)/.test(href))).toEqual([])
    const words = html.replace(/<(code)>.*?<\/\1>/gs, '')
    expect(words).not.toMatch(/@\w|#\d|\bGH-\d/)
    expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length)
  })

  it.each(seeds)('in annotations (%i)', async (seed) => {
    const lines = (await rendered('github', poisoned(seed))).trimEnd().split(/\r\n|\r|\n/)
    expect(lines.length).toBeLessThanOrEqual(11)
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::.*$/)
  })

  it.each(seeds)('in JUnit (%i)', async (seed) => {
    const xml = await rendered('junit', poisoned(seed))
    expect(XMLValidator.validate(xml)).toBe(true)
    expect(JSON.stringify(new XMLParser().parse(xml))).not.toMatch(/"(pwned|script|svg|img)":/)
  })

  it.each(seeds)('in SARIF (%i)', async (seed) => {
    const { runs } = JSON.parse(await rendered('sarif', poisoned(seed)))
    const texts: string[] = runs[0].results.map((result: any) => result.message.text)
    expect(texts.filter((text) => text.includes(']('))).toEqual([])
    const addresses = runs[0].tool.driver.rules.map((rule: any) => rule.helpUri).filter(Boolean)
    expect(addresses.filter((address: string) => !/^https?:/.test(address))).toEqual([])
  })

  it.each(['terminal', 'html', 'markdown', 'github', 'sarif', 'junit', 'json'] as const)(
    '%s holds no control character and turns no text round',
    async (format) => {
      for (const seed of seeds) {
        const text = await rendered(format, poisoned(seed))
        expect(text.match(/(?![\t\n\r])\p{Cc}/gu)).toBeNull()
        if (format !== 'junit') expect(text.match(/\p{Bidi_Control}/gu)).toBeNull()
      }
    },
  )
})
