import { assetsFor } from './html/assets.js'
import { checkTables } from './html/checks.js'
import { comparisonSections } from './html/comparison.js'
import { findingSections } from './html/finding.js'
import { headOf } from './html/head.js'
import { loadSections } from './html/load.js'
import { type Content, html } from './html/markup.js'
import { suiteMatrix } from './html/matrix.js'
import { baselineOf, targetsOf, untested } from './html/targets.js'
import { verdictWords } from './html/words.js'
import { plainSections } from './plain-sections.js'
import type { Run } from './run.js'

/**
 * One page that stands for itself: no request leaves it, its policy lets nothing but its own script run, and it reads without a script too.
 * The verdict first, then what is broken, what came out per suite, loads and comparisons with their charts, every check at the end.
 */
export function renderHtml(run: Run): string {
  const { policy, style, script } = assetsFor({ charts: run.loads.length > 0 || run.comparisons !== undefined })
  const targets = [...new Set(run.parts.map(({ target }) => target.name ?? target.url))]
  const title = `${verdictWords[run.verdict.name]}: ${targets.length === 1 ? targets[0] : `${targets.length} targets`}`
  const sections: [anchor: string, name: string, content: Content][] = [
    ['findings', 'Findings', findingSections(run)],
    ...plainSections(run).map(({ anchor, title, text }): [string, string, Content] => [
      anchor,
      title,
      html`<section aria-labelledby="${anchor}"><h2 id="${anchor}">${title}</h2><pre class="wrap long" tabindex="0">${text}</pre></section>`,
    ]),
    ['suites', 'Suites', suiteMatrix(run)],
    ['not-testable', 'Not testable', untested(run)],
    ['baseline', 'Baseline', baselineOf(run)],
    ['load', 'Load', loadSections(run)],
    ['compare', 'Comparison', comparisonSections(run)],
    ['targets', 'Targets', targetsOf(run)],
    ['checks', 'All checks', checkTables(run)],
  ]
  const shown = sections.filter(([, , content]) => content && !(Array.isArray(content) && content.length === 0))
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${title} · mcp-gauntlet</title><link rel="icon" href="data:,">
${style}</head><body>
<a class="skip" href="#main">Skip to the verdict</a>
<header class="bar"><p class="brand">mcp-gauntlet</p><nav aria-label="Sections">${shown.map(([anchor, name]) => html`<a href="#${anchor}">${name}</a>`)}</nav><button type="button" id="theme" hidden>Theme</button></header>
<main id="main" tabindex="-1">
${headOf(run)}
${shown.map(([anchor, , content]) => (anchor === 'findings' ? html`<div id="findings">${content}</div>` : content))}
</main><footer><p>Written by mcp-gauntlet ${run.tool?.version}. The Run document beside it (run.json) holds everything: mcp-gauntlet report run.json</p></footer>
${script}</body></html>
`.text
}
