import { metasOf } from './meta-keys.js'

/** A trace context as a client sends it. Spec: https://www.w3.org/TR/trace-context/, https://www.w3.org/TR/baggage/. */
export const traceContext = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01',
  tracestate: 'gauntlet=00f067aa0ba902b7,other@vendor=t61',
  baggage: 'gauntlet=one%20two,key=value;property=1',
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const forms: Record<string, RegExp> = {
  traceparent: /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/,
  tracestate: /^([a-z0-9][a-z0-9_\-*/]{0,255}(@[a-z][a-z0-9_\-*/]{0,13})?=[!-+\--<>-~ ]{1,256})?$/,
  baggage: new RegExp(
    `^${token}\\s*=\\s*[!#-+\\--:<-\\[\\]-~]*(\\s*;\\s*${token}(\\s*=\\s*[!#-+\\--:<-\\[\\]-~]*)?)*$`,
  ),
}

/** What is wrong with the trace context in the `_meta` of a message, if there is one; undefined when nothing is. */
export function traceProblem(message: unknown): string | undefined {
  for (const meta of metasOf(message))
    for (const [name, form] of Object.entries(forms)) {
      const value = meta[name]
      if (value === undefined) continue
      const members = typeof value !== 'string' ? [] : name === 'traceparent' ? [value] : value.split(',')
      if (members.length === 0 || !members.every((member) => form.test(member.trim())))
        return `${name} ${JSON.stringify(value)}`
    }
  return undefined
}
