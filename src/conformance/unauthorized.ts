import type { Reply } from '../wire/reply.js'
import type { Client } from './client.js'
import {
  type Door,
  entrance,
  oneWayDoors,
  requestDoors,
  signedIn,
  stranger,
  streamDoor,
  type Visitor,
  visitors,
} from './doors.js'
import { unsignedTokens } from './forged-tokens.js'
import { metadataPlacesOf } from './resource-metadata.js'

/** A request that was answered with 401, in words, and the answer. */
export interface Refused {
  what: string
  reply: Reply
}

/** Every 401 that strangers and bad tokens of several kinds get at the entrance and, with a good token at hand, inside. */
export async function unauthorizedReplies(client: Client): Promise<Refused[]> {
  const doors = await doorsOf(client)
  const found: Refused[] = []
  for (const guest of guestsOf(client)) {
    const replies = await Promise.all(doors.map((door) => door.knock(guest.identity)))
    for (const [index, reply] of replies.entries()) {
      reply.close()
      if (reply.status === 401) found.push({ what: `${doors[index]!.name} ${guest.name}`, reply })
    }
  }
  return found
}

/** True where a 401 may do without a challenge: 2024-11-05 has no page on authorization, and the latest revisions let the well-known places do instead. */
export async function challengeIsOptional(client: Client): Promise<boolean> {
  if (client.revision < '2025-03-26') return true
  const places = await metadataPlacesOf(client)
  const known = places.some((place) => !place.announced && place.document && place.reply.status === 200)
  return known && client.facts.revisions.some((revision) => revision >= '2025-11-25')
}

async function doorsOf(client: Client): Promise<Door[]> {
  if (!client.given.credential) return [entrance(client)]
  const session = await signedIn(client)
  const end: Door = { name: 'DELETE', also: [405], knock: (identity) => session.delete({}, { identity }) }
  return [
    entrance(client),
    ...requestDoors(client, session).slice(0, 3),
    ...oneWayDoors(session),
    streamDoor(client, session),
    ...(session.id ? [end] : []),
  ]
}

function guestsOf(client: Client): Visitor[] {
  const { expired, 'wrong-audience': foreign } = client.given.bad
  const [unsigned] = Object.values(unsignedTokens(client))
  const tokens = {
    'a garbage token': client.canary('gk'),
    'an unsigned token': unsigned ?? '',
    'the expired token': expired ?? '',
    'the wrong-audience token': foreign ?? '',
  }
  const empty: Visitor = { name: 'with an empty Authorization header', identity: [['authorization', '']] }
  return [stranger, empty, ...visitors(client, tokens)]
}
