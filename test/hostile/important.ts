/** Servers that load and doctor meet too: one or two of each way to break the wire, which all commands share. */
export const important: ReadonlySet<string> = new Set([
  'never answers',
  'one byte a second',
  'endless headers',
  'a flood of 1xx',
  '10 GB in chunks',
  'half closed within the body',
  'a certificate for another name that nobody signed',
  '10 GB in answer to tools/list',
  'a result 100,000 levels deep at initialize',
  'a cursor that never ends',
  'an endless stream of requests to the client',
  'a million empty lists in answer to everything',
  'keys that pollute prototypes',
  'ANSI, HTML, CSV and workflow commands everywhere',
  'redirects to another host after the handshake',
  'dies after 40 requests',
])
