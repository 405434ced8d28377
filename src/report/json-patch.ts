import type { Run } from './run.js'

/**
 * The differences that count as JSON Patch (RFC 6902): what turns the document of the original, `parities[].document` of the Run, into that of
 * the conversion. Of several comparisons a list of patches.
 */
export function renderJsonPatch(run: Run): string {
  const patches = (run.parities ?? []).map(({ patch }) => patch)
  return `${JSON.stringify(patches.length === 1 ? patches[0] : patches, null, 2)}\n`
}
