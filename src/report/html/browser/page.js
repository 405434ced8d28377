// The report without a server: theme, filter of the checks, links into folded parts, copying, printing.
;(() => {
  const root = document.documentElement
  root.classList.add('js')

  const button = /** @type {HTMLButtonElement} */ (document.getElementById('theme'))
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches)
  const themed = () => {
    button.textContent = isDark() ? 'Light theme' : 'Dark theme'
    document.dispatchEvent(new Event('themed'))
  }
  /** @param {string} [theme] */
  const stored = (theme) => {
    try {
      if (theme) localStorage.setItem('mcp-gauntlet-theme', theme)
      return localStorage.getItem('mcp-gauntlet-theme')
    } catch {
      return null // A page opened from a file may not be allowed to remember.
    }
  }
  const remembered = stored()
  if (remembered === 'dark' || remembered === 'light') root.dataset.theme = remembered
  button.hidden = false
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    stored(root.dataset.theme)
    themed()
  })
  dark.addEventListener('change', themed)
  themed()

  /** @type {HTMLInputElement | null} */
  const search = document.querySelector('#search')
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = document.querySelectorAll('.filter input[type=checkbox]')
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const parts = document.querySelectorAll('.part')
  const rows = [...document.querySelectorAll('.checks tr[data-s]')].map((element) => ({
    element: /** @type {HTMLElement} */ (element),
    text: (element.textContent ?? '').toLowerCase(),
  }))

  /** @param {boolean} [open] */
  function filter(open) {
    const words = (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    const wanted = new Set([...boxes].filter((box) => box.checked).map((box) => box.value))
    let shown = 0
    for (const { element, text } of rows) {
      const fits = wanted.has(element.dataset.s ?? '') && words.every((word) => text.includes(word))
      element.hidden = !fits
      if (fits) shown++
    }
    for (const body of document.querySelectorAll('.checks tbody'))
      body.toggleAttribute('hidden', !body.querySelector('tr[data-s]:not([hidden])'))
    for (const part of parts) {
      const some = part.querySelector('tr[data-s]:not([hidden])') !== null
      part.hidden = !some
      if (open && some) part.open = true
    }
    const matches = document.getElementById('matches')
    if (matches) matches.textContent = `${shown} of ${rows.length} shown`
  }
  search?.addEventListener('input', () => filter(search.value !== ''))
  search?.form?.addEventListener('submit', (event) => event.preventDefault())
  for (const box of boxes) box.addEventListener('change', () => filter())
  if (rows.length > 0) filter()

  for (const tile of document.querySelectorAll('[data-filter]'))
    tile.addEventListener('click', () => {
      const { filter: status } = /** @type {HTMLElement} */ (tile).dataset
      if (tile.getAttribute('href') !== '#checks') return
      for (const box of boxes) box.checked = box.value === status
      filter()
    })

  function reveal() {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null
    if (!target) return
    if (target.closest('.checks') && target.hasAttribute('hidden')) {
      for (const box of boxes) box.checked = true
      if (search) search.value = ''
      filter()
    }
    for (let at = target.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true
    target.scrollIntoView()
  }
  addEventListener('hashchange', reveal)
  reveal()

  for (const text of document.querySelectorAll('pre.copy')) {
    const copy = document.createElement('button')
    copy.type = 'button'
    copy.className = 'copied'
    copy.textContent = 'Copy'
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text.textContent ?? '')
        copy.textContent = 'Copied'
      } catch {
        getSelection()?.selectAllChildren(text)
        copy.textContent = 'Selected: copy it with your keyboard'
      }
    })
    text.after(copy)
  }

  /** @type {HTMLDetailsElement[]} */
  let opened = []
  addEventListener('beforeprint', () => {
    opened = [
      .../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('.cause > details:not([open])')),
    ]
    for (const one of opened) one.open = true
  })
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false
  })
})()
