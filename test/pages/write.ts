import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { licencesFile, licencesPage } from '../supply/licences.js'
import { pages } from './pages.js'

/* npm run docs: writes docs/checks and docs/licences.md anew. */
const now = await pages()
const folder = join(process.cwd(), 'docs/checks')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [file, text] of now) writeFileSync(join(folder, file), text)
writeFileSync(licencesFile, licencesPage())
