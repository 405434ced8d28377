import type { Result, Run } from './run.js'

/** A table of suites by revisions: how many checks passed of those that came to a verdict. Shown where rules were judged at several revisions. */
export interface Matrix {
  revisions: string[]
  rows: { suite: string; cells: (Cell | undefined)[] }[]
}

/** One suite at one revision. `broken` counts failures and warnings. */
export interface Cell {
  passed: number
  broken: number
}

/** The matrix of a run that judged the same checks at several revisions (`--revision all`); undefined for any other. */
export function matrixOf(run: Run): Matrix | undefined {
  const judged = run.results.filter((result) => result.revision && counts(result))
  const several = judged.some((one) => judged.some((other) => other.id === one.id && other.revision !== one.revision))
  if (!several) return undefined
  const revisions = [...new Set(judged.map((result) => result.revision!))].sort()
  const suites = [...new Set(judged.map(suiteOf))]
  return {
    revisions,
    rows: suites.map((suite) => ({
      suite,
      cells: revisions.map((revision) =>
        cellOf(judged.filter((result) => suiteOf(result) === suite && result.revision === revision)),
      ),
    })),
  }
}

/** The matrix as lines of text, columns aligned. A cell reads `passed/judged`. */
export function matrixLines({ revisions, rows }: Matrix): string[] {
  const width = Math.max(...rows.map((row) => row.suite.length), 5)
  const line = (first: string, cells: string[]) =>
    `  ${first.padEnd(width)}  ${cells.map((cell) => cell.padStart(10)).join('  ')}`
  const text = (cell: Cell | undefined) => (cell ? `${cell.passed}/${cell.passed + cell.broken}` : '-')
  return [line('', revisions), ...rows.map(({ suite, cells }) => line(suite, cells.map(text)))]
}

function counts({ outcome: { status } }: Result): boolean {
  return status === 'pass' || status === 'fail' || status === 'warn' || status === 'known'
}

function suiteOf(result: Result): string {
  return result.id.split('/')[0]!
}

function cellOf(results: Result[]): Cell | undefined {
  if (results.length === 0) return undefined
  const passed = results.filter((result) => result.outcome.status === 'pass').length
  return { passed, broken: results.length - passed }
}
