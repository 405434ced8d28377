/** The keys that stand twice in objects that are the value of `member`, in JSON as text: a parser keeps the last one and says nothing. */
export function repeatedKeys(text: string, member: string): string[] {
  const found: string[] = []
  const open: { of: string; keys?: Set<string> }[] = []
  let key = ''
  let expectsKey = false
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    const inner = open.at(-1)
    if (token === '{') open.push({ of: key, keys: new Set() })
    else if (token === '[') open.push({ of: key })
    else if (token === '}' || token === ']') open.pop()
    else if (token !== ',' && expectsKey && inner?.keys) {
      key = unquoted(token)
      if (inner.of === member && inner.keys.has(key)) found.push(key)
      inner.keys.add(key)
    }
    expectsKey = token === '{' || (token === ',' && inner?.keys !== undefined)
  }
  return found
}

/** Keys that are written in different ways may be the same. */
function unquoted(token: string): string {
  try {
    return JSON.parse(token)
  } catch {
    return token
  }
}
