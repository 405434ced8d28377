import {
  bearing,
  challengeOf,
  type Door,
  defineCheck,
  entrance,
  onChallenge,
  requestDoors,
  shutForScope,
  signedIn,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The same refused operation is challenged with the same scopes each time',
  requirement: 'auth-scope-consistent',
  needs: ['auth', 'oauth'],
  hint: 'Build the scope parameter from the operation, in one place.',
  async run(client) {
    const weak = client.given.bad['insufficient-scope']
    const doors: Door[] = [entrance(client)]
    if (client.given.credential) doors.push(...requestDoors(client, await signedIn(client)).slice(0, 2))
    // What is refused is often a tool, for want of one scope more.
    const refused = weak && client.given.credential ? await shutForScope(client) : []
    const tools = refused.filter(({ name }) => doors.every((door) => door.name !== name)).slice(-2)
    let named = false
    for (const identity of ['none' as const, ...(weak ? [bearing(client, weak)] : [])]) {
      for (const door of identity === 'none' ? doors : [...doors, ...tools]) {
        const seen: (string | undefined)[] = []
        for (let round = 0; round < 4; round++) {
          const reply = await door.knock(identity)
          reply.close()
          if (reply.status === 401 || reply.status === 403)
            seen.push(challengeOf(reply, 'Bearer')?.params.scope?.split(/\s+/).sort().join(' '))
        }
        named ||= seen.some((scope) => scope !== undefined)
        expect(
          new Set(seen).size <= 1,
          `${door.name} is challenged with other scopes each time`,
          seen[0] ?? 'no scope',
          seen,
        )
      }
    }
    if (!named) notApplicable('the challenges name no scope')
  },
  fault: () => {
    let count = 0
    return onChallenge((value) =>
      value.replace(/scope="([^"]*)"/, (_, scope) => `scope="${scope}${count++ % 2 ? ' gauntlet:more' : ''}"`),
    )
  },
})
