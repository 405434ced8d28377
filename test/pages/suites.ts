/** What each suite is about, and why a server's users care. One entry per folder of suites/. */
export const suites: Record<string, string> = {
  initialize:
    'The handshake decides version and features for all that follows. A server that negotiates wrongly works with the client it was written beside and breaks with the next one.',
  session:
    'A session id is what the server tells its clients apart by. Ids that can be guessed hand a session to a stranger; a wrong status after the end leaves clients retrying for ever instead of starting anew.',
  'tools-list':
    'Models choose and call tools by what the list says. Names that clash, schemas that are none and lists that change unnoticed turn into wrong calls.',
  'tools-call':
    'Calls are what a server is for. Results must reach the caller they belong to, and failures must be told so that a model can act on them.',
  'sse-fallback':
    'HTTP+SSE of 2024-11-05 is still what many clients try second. Where it is served, its endpoint event and its answers must be right, or these clients hang.',
  auth: 'One path, method or spelling without a check makes all the others worthless. Challenges and metadata are how clients find out where to get a token.',
  browser:
    'Clients in a browser see only what CORS lets them see. A missing header on a single answer reads as a dead server.',
  caching:
    'Since 2026-07-28 answers say how long they may be kept. A wrong lifetime shows stale lists, or another user’s.',
  cancellation:
    'Users stop what takes too long. Work that goes on costs money; a cancellation that hits the wrong request, or ends the session, costs trust.',
  completion: 'Completions are asked at every key stroke: they must be small, quick and of the right form.',
  deployment:
    'What is right on a laptop can break behind proxies and parsers: buffered streams, lost bodies, idle connections that are cut. These checks warn.',
  discover:
    'In 2026-07-28 server/discover takes the place of the handshake: it is all a client knows before its first call.',
  elicitation: 'A server may ask the user back, but only clients that can answer, and only in forms they can show.',
  headers:
    'In 2026-07-28 headers mirror the body, so that gateways can route without reading it. Where the two differ, gateway and server may decide differently about one request.',
  isolation: 'What one client does must not show in the answers of another. These checks warn.',
  jsonrpc:
    'Every message is JSON-RPC. Ids that change their type, codes that mean something else and broken bodies that are answered with success make clients wait or guess.',
  logging:
    'Logs reach the client, and often a model: at the level that was asked for, in the right form, without secrets.',
  mrtr: 'In 2026-07-28 a server asks back by ending the request and being called again. State that is lost, forged or mixed up between the rounds does the wrong thing for the right user.',
  pagination: 'A list that never ends, loses entries between pages or takes any cursor cannot be walked.',
  ping: 'Ping is how clients tell a slow server from a dead one.',
  progress: 'Progress must rise, belong to its request, and end with it: clients extend their patience by it.',
  prompts:
    'Prompts go to a model as they come: arguments must be checked and the messages have a form that clients can show.',
  replica:
    'Behind a balancer the next request may meet another process. What only one process knows is lost there. These checks warn.',
  resources:
    'Resources are read by URI. What is listed must be readable, what is read must be what was asked for, and updates must come to those who subscribed.',
  sampling:
    'A server may ask the model of its client. Models refuse conversations that are not of their form, and clients what they did not offer.',
  schema:
    'All messages of the run, held against the schema of the revision that was agreed on. Clients in typed languages drop what does not fit.',
  security: 'A web page can reach a server on its visitor’s machine. Origin and Host are what keep it out.',
  streams:
    'Answers and notifications travel on event streams: on the right one, once, and resumable without those of others.',
  subscriptions:
    'In 2026-07-28 clients subscribe to what they want to hear of. Silence, or news that nobody asked for, are the two ways to fail.',
  transport:
    'Statuses, methods and media types are all that proxies and generic HTTP clients see. A 200 with an error inside passes every monitor.',
  versioning:
    'Client and server are updated apart from each other. A version that is overlooked is a misunderstanding later.',
}
