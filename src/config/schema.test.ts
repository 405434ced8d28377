import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configShape } from './shape.js'

const published = new URL('config.schema.json', import.meta.url)

it('the published JSON Schema is that of the shape (vitest -u writes it anew)', async () => {
  const { $schema, ...rest } = z.toJSONSchema(configShape, { io: 'input' })
  const document = {
    $schema,
    $id: 'urn:mcp-gauntlet:config',
    title: 'mcp-gauntlet config',
    description: 'What mcp-gauntlet run does; docs/config.md describes every key.',
    ...rest,
  }
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(published.pathname)
})

describe('the published JSON Schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(published, 'utf8')))
  it.each<[unknown, boolean]>([
    [{ url: 'reference:stateful' }, true],
    [{ targets: [{ name: 'a', url: 'http://h/', load: [{ profile: 'steady' }] }] }, true],
    [{ url: 'http://h/', cheks: true }, false],
    [{ url: 'http://h/', load: { duration: 10 } }, false],
  ])('%j: %s', (config, fits) => expect(validate(config)).toBe(fits))
})
