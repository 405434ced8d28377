import {
  challengesOf,
  type Door,
  defineCheck,
  entrance,
  everyRevision,
  metadataPlacesOf,
  onChallenge,
  oneWayDoors,
  requestDoors,
  shownIn,
  signedIn,
  stranger,
  streamDoor,
  unsignedTokens,
  visitors,
} from '../../src/conformance/check.js'
import { advise, assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every 401 carries a WWW-Authenticate challenge',
  requirement: 'auth-401-challenge',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Send WWW-Authenticate: Bearer ... with each 401, for missing, malformed and bad tokens alike: clients start to sign in only on it.',
  async run(client) {
    const doors: Door[] = [entrance(client)]
    if (client.given.credential) {
      const session = await signedIn(client)
      const end: Door = { name: 'DELETE', also: [405], knock: (identity) => session.delete({}, { identity }) }
      doors.push(
        ...requestDoors(client, session).slice(0, 3),
        ...oneWayDoors(session),
        streamDoor(client, session),
        ...(session.id ? [end] : []),
      )
    }
    const { expired, 'wrong-audience': foreign } = client.given.bad
    const [unsigned] = Object.values(unsignedTokens(client))
    const tokens = {
      'a garbage token': client.canary('gk'),
      'an unsigned token': unsigned ?? '',
      'the expired token': expired ?? '',
      'the wrong-audience token': foreign ?? '',
    }
    const empty = {
      name: 'with an empty Authorization header',
      identity: [['authorization', '']] as [string, string][],
    }
    const known = (await metadataPlacesOf(client)).some(
      (place) => !place.announced && place.document && place.reply.status === 200,
    )
    // 2024-11-05 has no page on authorization, and the latest revisions let the well-known places do instead.
    const lenient =
      client.revision < '2025-03-26' || (known && client.facts.revisions.some((revision) => revision >= '2025-11-25'))
    const judge: typeof expect = lenient ? advise : expect
    let refusals = 0
    for (const guest of [stranger, empty, ...visitors(client, tokens)]) {
      for (const [index, reply] of (await Promise.all(doors.map((door) => door.knock(guest.identity)))).entries()) {
        reply.close()
        if (reply.status !== 401) continue
        refusals++
        const { challenges } = challengesOf(reply)
        const what = `the 401 to ${doors[index]!.name} ${guest.name} carries no challenge`
        judge(
          challenges.length > 0,
          what,
          'WWW-Authenticate: <scheme> ...',
          reply.header('www-authenticate') ?? 'no WWW-Authenticate header',
        )
      }
    }
    assume(refusals > 0, 'something is refused with 401')
  },
  fault: onChallenge((value, request) => (shownIn(request) === undefined ? value : undefined)),
})
