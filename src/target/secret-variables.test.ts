import { expect, it } from 'vitest'
import { inheritedSecrets, secretsIn, secretsInLine } from './secret-variables.js'

it.each<[line: string, secrets: string[]]>([
  ['node server.js --port 3000', []],
  ['node server.js --api-key abcdefgh1 --port 3000', ['abcdefgh1']],
  ['node server.js --token=\'abc "def" ghi\' --verbose', ['abc "def" ghi']],
  ['API_KEY=abcdefgh1 PORT=30001234 node server.js', ['abcdefgh1']],
  ['docker run -e "DB_PASSWORD=abcdefgh 1" image', ['abcdefgh 1']],
  ["mcp-remote https://h/mcp --header 'Authorization: Bearer abcdefgh1'", ['abcdefgh1']],
  ['serve --db postgres://me:abcdefgh1@host/db', ['abcdefgh1']],
  ['serve --auth none --oauth --token short', []],
])('in the command %s', (line, secrets) => expect(secretsInLine(line)).toEqual(secrets))

it('in variables: by the name, and passwords in URLs', () => {
  const env = { API_KEY: 'a-key', LEVEL: 'debug', DSN_URL: 'redis://:p%40ss@host' }
  expect(secretsIn(env)).toEqual(['a-key', 'p%40ss', 'p@ss'])
})

it('of what a server inherits, only what is long and does not merely sound secret', () => {
  const env = { GITHUB_TOKEN: 'ghp_123456', PWD: '/home/somebody', GIT_AUTHOR_NAME: 'Ada Lovelace', MY_PASS: 'abc' }
  expect(inheritedSecrets({ ...env, SSH_AUTH_SOCK: '/run/somewhere', UNSET_KEY: undefined })).toEqual(['ghp_123456'])
})
