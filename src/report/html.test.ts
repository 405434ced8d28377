import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { resultOf, runOf } from '../../test/support/runs.js'
import { wholeRun } from '../../test/support/whole-run.js'
import { dataBlock, html, link } from './html/markup.js'
import { renderHtml } from './html.js'

describe('the template', () => {
  it('escapes texts, joins lists, leaves out what is nothing', () => {
    expect(html`<p title="${'"\''}">${'<b>&'}${[html`<i>`, 1, false, null, undefined, '']}</p>`.text).toBe(
      '<p title="&quot;&#39;">&lt;b&gt;&amp;<i>1</p>',
    )
  })
  it('data blocks hold no markup', () =>
    expect(dataBlock('</script>').text).toBe('<script type="application/json">"\\u003c/script\\u003e"</script>'))
  it('links lead to the web or are none', () => {
    expect(link('https://example.com/?a&b', 'x').text).toBe(
      '<a href="https://example.com/?a&amp;b" rel="noreferrer">x</a>',
    )
    expect(link('javascript:alert(1)', 'x').text).toBe('x')
  })
})

const page = renderHtml(wholeRun())

it('its policy allows its own style and script by their hash and nothing else', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'")
  const digest = (tag: string) => {
    const [, text] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page)!
    return `'sha256-${createHash('sha256').update(text!).digest('base64')}'`
  }
  expect(policy).toBe(
    `default-src 'none'; script-src ${digest('script')}; style-src ${digest('style')}; img-src data:; base-uri 'none'; form-action 'none'`,
  )
})

it('names no address that it would load', () => {
  expect(page).not.toMatch(/\b(src|srcset|poster|action)=/)
  expect(page).not.toMatch(/url\(\s*['"]?(https?:)?\/\//)
})

it('a check that found the same in several targets stands once, with all its places', () => {
  expect(page.match(/id="fail-initialize-is-answered"/g)).toHaveLength(1)
  expect(page).toContain('reference:stateful, 2025-11-25; reference:stateless, 2025-11-25')
})

it('anchors are unique', () => {
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(targets.filter((id) => !ids.includes(id!))).toEqual([])
})

it('a run without a load holds no chart library', () => {
  expect(renderHtml(runOf({ results: [resultOf('a/x', 'pass')] }))).not.toContain('uPlot')
  expect(page).toContain('uPlot')
})

it('a server that was not judged has its reason on the first screen', () => {
  const run = runOf({ target: { obstacle: { kind: 'unreachable', message: 'Nothing listens there.' } } })
  expect(renderHtml(run)).toMatch(/<h1[^>]*>.*Nothing listens there\..*<\/h1>/)
})
