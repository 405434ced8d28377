import { metaKey } from '../modern.js'
import {
  anyOf,
  byType,
  flag,
  list,
  mapOf,
  number,
  object,
  oneOf,
  ref,
  result,
  type Schemas,
  text,
  token,
  uri,
} from './schema.js'

/**
 * What 2026-07-28 added: discovery, subscriptions, results that ask for input, errors with data. The members that every result has
 * there, resultType and caching hints, have rules of their own and are asked for only where the result is nothing without them.
 * Spec: 2026-07-28/schema#discoverresult, #subscriptionsacknowledgednotification, #inputrequiredresult.
 */
export function modernShapes(): Schemas {
  const filter = object([], {
    toolsListChanged: flag,
    promptsListChanged: flag,
    resourcesListChanged: flag,
    resourceSubscriptions: list(uri),
  })
  const question = byType(
    {
      'elicitation/create': ref('ElicitRequest'),
      'sampling/createMessage': ref('CreateMessageRequest'),
      'roots/list': ref('ListRootsRequest'),
    },
    'method',
  )
  return {
    DiscoverResult: result(['supportedVersions', 'capabilities', 'resultType', 'ttlMs', 'cacheScope'], {
      _meta: object([], { [metaKey.serverInfo]: ref('Implementation') }),
      supportedVersions: list(text),
      capabilities: ref('ServerCapabilities'),
      instructions: text,
      resultType: text,
      ttlMs: number,
      cacheScope: oneOf('public', 'private'),
    }),
    InputRequiredResult: {
      ...result(['resultType'], {
        resultType: { const: 'input_required' },
        inputRequests: mapOf(question),
        requestState: text,
      }),
      ...anyOf('must have inputRequests or requestState', object(['inputRequests'], {}), object(['requestState'], {})),
    },
    SubscriptionsAcknowledgedNotification: object(['method', 'params'], {
      method: { const: 'notifications/subscriptions/acknowledged' },
      params: object(['notifications'], {
        _meta: object([], { [metaKey.subscriptionId]: token }),
        notifications: filter,
      }),
    }),
    SubscriptionsListenResult: result(['_meta'], {
      _meta: object([metaKey.subscriptionId], { [metaKey.subscriptionId]: token }),
    }),
    UnsupportedVersionData: object(['supported', 'requested'], { supported: list(text), requested: text }),
    MissingCapabilityData: object(['requiredCapabilities'], {
      requiredCapabilities: object([], {
        elicitation: object([], {}),
        sampling: object([], {}),
        roots: object([], {}),
        extensions: mapOf(object([], {})),
      }),
    }),
  }
}
