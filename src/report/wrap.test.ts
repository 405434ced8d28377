import { expect, it } from 'vitest'
import { wrap } from './wrap.js'

it.each<[what: string, args: Parameters<typeof wrap>, lines: string[]]>([
  ['nothing', ['', 10], []],
  ['only spaces', [' \n ', 10], []],
  ['it fits exactly', ['abcd efghi', 10], ['abcd efghi']],
  ['it breaks between words', ['abcd efghij', 10], ['abcd', 'efghij']],
  ['line breaks are spaces', ['a\nb', 10], ['a b']],
  ['a long word stands alone', ['a bbbbbbbbbbbbbbb c', 10], ['a', 'bbbbbbbbbbbbbbb', 'c']],
  ['indented', ['aa bb cc', 6, '  '], ['  aa', '  bb', '  cc']],
  ['first and next lines differ', ['aa bb', 6, '', '* ', '    '], ['* aa', '    bb']],
])('%s', (_, args, lines) => expect(wrap(...args)).toEqual(lines))
