/** The page of a check in this package, with its heading: rule, source, needs, cure. `npm run docs` writes them. */
export function pageOf(id: string): string {
  const [suite, ...name] = id.split('/')
  return `docs/checks/${suite}.md#${name.join('/')}`
}
