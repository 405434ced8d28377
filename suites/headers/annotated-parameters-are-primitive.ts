import { annotationIn, defineCheck, headerAnnotations, isObject, withParameter } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

const allowed = ['string', 'integer', 'boolean', 'null']

/** The types a schema allows, as far as it says; undefined where it says nothing. */
function typesOf({ type, enum: values, const: value, anyOf, oneOf }: Record<string, any>): string[] | undefined {
  if (type !== undefined) return [type].flat().map(String)
  const known = [...(Array.isArray(values) ? values : []), ...(value === undefined ? [] : [value])]
  if (known.length > 0)
    return known.map((one) => (Number.isInteger(one) ? 'integer' : one === null ? 'null' : typeof one))
  const parts = [anyOf, oneOf].find(Array.isArray)?.filter(isObject).map(typesOf)
  return parts?.every((part) => part !== undefined) ? parts.flat() : undefined
}

export default defineCheck({
  title: 'Only strings, integers and booleans are mirrored into headers',
  requirement: 'headers-xmcp-primitive-only',
  needs: ['capability:tools'],
  hint: 'number is not allowed, since the same value has many spellings; objects and lists have none.',
  async run(client) {
    for (const one of await headerAnnotations(client)) {
      const types = typesOf(one.schema)
      const good = (types ?? []).every((type) => allowed.includes(type)) && types?.join() !== 'null'
      expect(good, `${annotationIn(one)} is on a ${types?.join(' or ')}`, 'string, integer or boolean', one.schema)
      const told = types !== undefined || '$ref' in one.schema
      advise(told, `${annotationIn(one)} is on a parameter of any type`, 'string, integer or boolean', one.schema)
    }
  },
  fault: withParameter({ type: 'number', 'x-mcp-header': 'Extra' }),
})
