import { Chalk } from 'chalk'
import { previousLines } from './changes-terminal.js'
import { diagnosisLines } from './diagnosis-terminal.js'
import { parityLines } from './parity-terminal.js'
import type { Run } from './run.js'

/** A part of the report that other formats show as the terminal does: its lines, without colour. */
export interface PlainSection {
  anchor: string
  title: string
  text: string
}

/** What of a run is told in lines of text: a diagnosis, a parity, the load beside a stored one. */
export function plainSections({ diagnoses = [], parities = [], previous }: Run): PlainSection[] {
  const paint = new Chalk({ level: 0 })
  const sections: [anchor: string, title: string, lines: string[]][] = [
    ['diagnosis', 'Diagnosis', diagnoses.flatMap((one) => ['', ...diagnosisLines(one, paint, 90)])],
    ['parity', 'Parity', parities.flatMap((one) => ['', ...parityLines(one, paint, 90)])],
    ['previous', 'Beside the stored run', previous ? previousLines(previous, paint, 90) : []],
  ]
  return sections
    .map(([anchor, title, lines]) => ({ anchor, title, text: lines.join('\n').trim() }))
    .filter(({ text }) => text !== '')
}
