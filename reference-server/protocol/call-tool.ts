import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { complaintAbout, failed, type ToolContext, WeatherFailure } from '../weather/tool.js'
import { findTool } from '../weather/tools/index.js'
import { invalidParams, quotable } from './error.js'
import { knowsStructure } from './listings.js'
import { type AnyRevision, MODERN_REVISION } from './revisions.js'

/**
 * Runs a tool. An unknown tool is a protocol error (tools-unknown-tool-error); arguments that do not fit the schema
 * and failures of the tool are results with isError (tools-input-validation-is-error).
 */
export async function callTool(
  name: string,
  args: Record<string, unknown>,
  context: ToolContext,
  revision: AnyRevision,
): Promise<CallToolResult> {
  const tool = findTool(name, revision === MODERN_REVISION)
  if (!tool) throw invalidParams(`There is no tool ${quotable(name)}`)
  const complaint = complaintAbout(args, tool.inputSchema)
  if (complaint) return failed(complaint)
  try {
    const { structuredContent, ...result } = await tool.run(args, context)
    return structuredContent && knowsStructure(revision) ? { ...result, structuredContent } : result
  } catch (error) {
    if (error instanceof WeatherFailure) return failed(error.message)
    throw error
  }
}
