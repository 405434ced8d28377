import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

/** Starts the machine's Chromium; nothing of it speaks to the network of its own accord. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page that was opened from a file, with everything it complained of and everything it asked the network for. */
export interface Opened {
  page: Page
  complaints: string[]
  requests: string[]
}

/** Writes a page into a file of its own and opens it as a user would. */
export async function open(
  browser: Browser,
  html: string,
  how: { width?: number; height?: number; dark?: boolean } = {},
): Promise<Opened> {
  const file = join(mkdtempSync(join(tmpdir(), 'gauntlet-page-')), 'report.html')
  writeFileSync(file, html)
  const context = await browser.newContext({
    viewport: { width: how.width ?? 1280, height: how.height ?? 860 },
    colorScheme: how.dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(file).href)
  return { page, complaints, requests: requests }
}
