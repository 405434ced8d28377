import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Markup } from './markup.js'

const require = createRequire(import.meta.url)

/** Styles and scripts of the page, written into it as they are, and the policy that lets nothing else run or load. */
export interface Assets {
  policy: string
  style: Markup
  script: Markup
}

/** Reads what a page needs; the chart library only for a page that draws. */
export function assetsFor({ charts }: { charts: boolean }): Assets {
  const styles = [...(charts ? [library('uPlot.min.css')] : []), own('page.css')]
  const scripts = [...(charts ? [library('uPlot.iife.min.js'), own('charts.js')] : []), own('page.js')]
  const style = styles.join('\n').replaceAll('</', '<\\/')
  const script = scripts.join('\n;').replace(/<(?=\/script|!--|script)/gi, '\\x3c')
  const policy = [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return {
    policy: policy.join('; '),
    style: new Markup(`<style>${style}</style>`),
    script: new Markup(`<script>${script}</script>`),
  }
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function library(name: string): string {
  return readFileSync(require.resolve(`uplot/dist/${name}`), 'utf8')
}

/** A file of the page: beside this one among the sources, which the package holds, or there seen from the build. */
function own(name: string): string {
  const beside = new URL(`./browser/${name}`, import.meta.url)
  const fromBuild = new URL(`../../../../src/report/html/browser/${name}`, import.meta.url)
  return readFileSync(existsSync(beside) ? beside : fromBuild, 'utf8')
}
