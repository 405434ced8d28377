import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html.js'
import { largeRun, wholeRun } from '../support/whole-run.js'
import { open, startChromium } from './chromium.js'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
let browser: Browser
beforeAll(async () => {
  browser = await startChromium()
})
afterAll(() => browser?.close())

const html = renderHtml(wholeRun())

/** How many charts there are, and how many of them have ink in them. */
function inked(page: Page): Promise<{ charts: number; inked: number }> {
  return page.evaluate(() => {
    const charts = [...document.querySelectorAll('.chart')]
    const withInk = charts.filter((chart) => {
      const canvas = chart.querySelector('canvas')
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let ink = 0
      for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 0) ink++
      return ink > 500
    })
    return { charts: charts.length, inked: withInk.length }
  })
}

describe.each([
  ['a wide light screen', { width: 1280 }],
  ['a wide dark screen', { width: 1280, dark: true }],
  ['a phone', { width: 360, height: 740 }],
  ['a dark phone', { width: 360, height: 740, dark: true }],
])('on %s', (_, how) => {
  it('opens without a complaint and without a request, draws every chart, and is no wider than the screen', async () => {
    const { page, complaints, requests } = await open(browser, html, how)
    const { charts, inked: drawn } = await inked(page)
    expect([complaints, requests.filter((url) => !/^(file|data):/.test(url))]).toEqual([[], []])
    expect(charts).toBeGreaterThan(8)
    expect(drawn).toBe(charts)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(how.width)
    await page.context().close()
  })
})

it.each([
  ['light', { width: 1280 }],
  ['dark, on a phone', { width: 360, dark: true }],
])('axe finds no violation: %s', async (_, how) => {
  const { page } = await open(browser, html, how)
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true
  })
  // The page's policy lets no script in: axe goes through the debugger.
  await page.evaluate(readFileSync(axe, 'utf8'))
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as any).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    })
    return violations.map(
      (one: any) =>
        `${one.impact} ${one.id}: ${one.nodes
          .slice(0, 3)
          .map((node: any) => `${node.target} ${node.any[0]?.message ?? ''}`)
          .join(' | ')}`,
    )
  })
  expect(found).toEqual([])
  await page.context().close()
})

it('tells the verdict and what is broken on the first screen', async () => {
  const { page } = await open(browser, html)
  const seen = await page.evaluate(() => {
    const bottom = (selector: string) => document.querySelector(selector)!.getBoundingClientRect().bottom
    return [bottom('#verdict'), bottom('.tiles'), bottom('.causes')].every((one) => one < innerHeight)
  })
  expect(seen).toBe(true)
  expect(await page.locator('.causes li').first().textContent()).toContain('A guard refuses the host')
  await page.context().close()
})

it('changes its theme, charts included, and remembers it', async () => {
  const { page } = await open(browser, html)
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.getByRole('button', { name: 'Dark theme' }).click()
  expect(await background()).not.toBe(light)
  expect((await inked(page)).inked).toBeGreaterThan(8)
  await page.reload()
  expect(await background()).not.toBe(light)
  await page.context().close()
})

it('finds checks by word and by outcome', async () => {
  const { page } = await open(browser, html)
  const shown = () => page.locator('.checks tr[data-s]:visible').count()
  await page.getByRole('searchbox').fill('ping/')
  expect(await shown()).toBe(2)
  await page.getByLabel('not applicable').check()
  expect(await shown()).toBe(3)
  await page.getByRole('searchbox').fill('nothing is called so')
  expect(await shown()).toBe(0)
  expect(await page.getByRole('status').textContent()).toBe('0 of 11 shown')
  await page.context().close()
})

it('is reached by the keyboard alone: skip link, sections, theme, tiles, folds', async () => {
  const { page } = await open(browser, html)
  const seen = new Set<string>()
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab')
    seen.add(
      await page.evaluate(() => {
        const at = document.activeElement!
        return at.id === 'theme'
          ? 'theme'
          : at.className === 'skip'
            ? 'skip'
            : (at.closest('nav, .tiles, .causes, summary, .matrix')?.className || at.tagName).toString()
      }),
    )
  }
  for (const stop of ['skip', 'theme', 'tiles', 'causes', 'SUMMARY', 'A']) expect(seen).toContain(stop)
  await page.locator('summary', { hasText: 'Recorded exchange' }).first().focus()
  await page.keyboard.press('Enter')
  expect(await page.locator('details[open] .exchange').first().isVisible()).toBe(true)
  await page.context().close()
})

it('prints in light colours without its controls', async () => {
  const { page } = await open(browser, html, { dark: true })
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  expect(await page.locator('.bar').isVisible()).toBe(false)
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000)
  await page.context().close()
})

it('a run of ten parts with four hundred results each is below 3 MB and opens', async () => {
  const large = renderHtml(largeRun())
  expect(Buffer.byteLength(large)).toBeLessThan(3_000_000)
  const { page, complaints } = await open(browser, large)
  expect(await page.locator('.matrix tbody tr').count()).toBe(25)
  expect(complaints).toEqual([])
  await page.context().close()
})

it('reads without a script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.setContent(html)
  expect(await page.locator('h1').textContent()).toContain(wholeRun().verdict.sentence.split('. ')[0]!)
  expect(await page.locator('.checks tr[data-s]').count()).toBe(11)
  await context.close()
})
