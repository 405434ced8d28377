import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, it } from 'vitest'
import { runOf } from '../../test/support/runs.js'
import { wholeRun } from '../../test/support/whole-run.js'
import { renderMarkdown } from './markdown.js'
import { block, code, plain } from './markdown-text.js'

const html = (text: string) => micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })

it('reads as a document: verdict, failures by cause, load, comparison, what was not tested', () => {
  const page = html(renderMarkdown(wholeRun()))
  const heads = [...page.matchAll(/<h(\d)>(.*?)<\/h\1>/g)].map(([, level, text]) => `${level} ${text}`)
  expect(heads[0]).toMatch(/^2 Failed: 4 checks found a broken MUST/)
  expect(heads.slice(1)).toEqual([
    '3 Failed (4)',
    '4 A guard refuses the host (behind 2 checks)',
    '3 Errors (1)',
    '3 Load',
    '3 Comparison',
    '3 Warned (1)',
    '3 Known failures',
    '3 Not testable (1)',
    '3 Targets',
  ])
  expect(page.match(/<table>/g)?.length).toBe(4)
})

it('an empty run is a heading and little more', () => expect(renderMarkdown(runOf({}))).toMatch(/^## Incomplete: /))

it.each([
  ['1.2.3', '<p>1.2.3</p>'],
  ['1. one', '<p>1. one</p>'],
  ['- one', '<p>- one</p>'],
  ['# one', '<p>#\u2060 one</p>'],
  ['a *b* _c_ ~~d~~', '<p>a *b* _c_ ~~d~~</p>'],
  ['a|b', '<p>a|b</p>'],
])('%s stays what it is as words', (text, expected) => expect(html(plain(text))).toBe(expected))

it.each(['a', '`a`', '``', '` `` ```', 'a|b'])('%s stays what it is as code', (text) => {
  expect(html(code(text))).toBe(`<p><code>${text}</code></p>`)
  expect(html(block(text))).toBe(`<pre><code>${text}\n</code></pre>`)
})
