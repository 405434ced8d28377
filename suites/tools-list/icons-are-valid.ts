import { defineCheck, isObject, onResult } from '../../src/conformance/check.js'
import { advise, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Icons of tools have a src URI; sizes is a list of texts and theme is light or dark',
  requirement: 'schema-icons',
  needs: ['capability:tools'],
  hint: 'sizes is ["48x48"], not "48x48"; src is an https: or data: URI, since clients refuse other schemes.',
  async run(client) {
    const { tools } = await client.survey()
    if (tools.length === 0) notTestable('tools/list shows no tools')
    for (const { name, icons } of tools) {
      if (icons === undefined) continue
      expect(Array.isArray(icons), `icons of ${name} must be a list`, 'a JSON array', icons)
      for (const icon of icons) {
        expect(
          isObject(icon) && typeof icon.src === 'string' && URL.canParse(icon.src),
          `an icon of ${name} must have a src URI`,
          'src: "https://..."',
          icon,
        )
        const { sizes = [], theme = 'light', mimeType = '' } = icon
        expect(
          Array.isArray(sizes) && sizes.every((size) => typeof size === 'string'),
          `sizes of an icon of ${name} must be a list of texts`,
          '["48x48"]',
          sizes,
        )
        expect(
          theme === 'light' || theme === 'dark',
          `theme of an icon of ${name} must be light or dark`,
          '"light" or "dark"',
          theme,
        )
        expect(typeof mimeType === 'string', `mimeType of an icon of ${name} must be a text`, 'a string', mimeType)
        advise(
          /^(https?|data):/i.test(icon.src),
          `clients refuse icons of other schemes than https and data (${name})`,
          'https: or data:',
          icon.src,
        )
      }
    }
  },
  fault: onResult('tools/list', (result) => ({
    ...result,
    tools: result.tools.map((tool: any) => ({
      ...tool,
      icons: [{ src: 'https://example.com/icon.png', sizes: '48x48' }],
    })),
  })),
})
