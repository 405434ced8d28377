import { defineCommand } from '../definition.js'
import type { ExportFlags } from '../export.js'
import { loadOptions, profileOptions } from './option-groups.js'

/** Options of a load that have no meaning in a script. */
const local = ['--workers <n>', '--i-own-this-server']

/** `mcp-gauntlet export k6 <url>` */
export const exportLoad = defineCommand<ExportFlags>({
  usage: 'export <engine> [url]',
  description: 'the same load as a k6 script, and for the k6-operator, to go on with many machines',
  options: [
    ...profileOptions,
    ...loadOptions.filter(({ flags }) => !local.includes(flags)),
    { flags: '--mcp-config <file>', description: 'takes URL and headers from an mcpServers file' },
    { flags: '--server <name>', description: 'which server of that file, where it holds several' },
    { flags: '--script <file>', description: 'writes the script there instead of to stdout' },
    { flags: '--k8s <file>', description: 'writes a TestRun of the k6-operator and its ConfigMap there (YAML)' },
    { flags: '--runners <n>', description: 'how many pods share the load (default 4)' },
    { flags: '--name <name>', description: 'what the TestRun is called (default mcp-gauntlet)' },
    { flags: '--image <name>', description: 'the image of k6 (default grafana/k6:2.0.0)' },
  ],
  run: ([engine, url], flags, terminal) =>
    import('../export.js').then((module) => module.exportCommand(engine, url, flags, terminal)),
})
