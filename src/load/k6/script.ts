import { readFile } from 'node:fs/promises'
import { redactor } from '../../wire/redact.js'
import { secondsOf } from '../pacer.js'
import type { LoadPlan } from '../plan.js'
import { Portion } from '../portion.js'
import { ids } from '../request.js'
import { openingSeconds, scenariosOf } from './scenarios.js'
import { credentialsOf, type ScriptCredential, withVariables } from './script-credentials.js'
import { headOf } from './script-head.js'
import type { ScriptPlan } from './script-plan.js'
import { scriptRequests } from './script-requests.js'
import { scriptThresholds } from './script-thresholds.js'
import { staircase } from './staircase.js'

/** A load as a k6 script, with the credentials that it reads from the environment. */
export interface Script {
  plan: ScriptPlan
  text: string
  credentials: ScriptCredential[]
}

/** What the build made of what runs in k6; tests, which run the sources as they are, have it from there too. */
const bundle = new URL('./script/bundle.js', import.meta.url.replace(/\/src\/load\/(?=.*\.ts$)/, '/dist/src/load/'))

/** Writes the k6 script of a plan; `tokenEnv` is the variable that holds its bearer token. Throws a UsageError where a credential would stand in it. */
export async function scriptOf(plan: LoadPlan, tokenEnv?: string): Promise<Script> {
  const known = credentialsOf(plan, tokenEnv)
  const written = withVariables(scriptPlanOf(plan), known, plan.secrets)
  const credentials = known.filter(({ name }) => JSON.stringify(written).includes(`\${__ENV.${name}}`))
  const script = { ...written, credentials: credentials.map(({ name }) => name) }
  const code = await readFile(bundle, 'utf8')
  const data = `/** The load, and how its requests are made. */\nconst theLoad = ${JSON.stringify(script, undefined, 2)};\n`
  return { plan: script, credentials, text: `${headOf(script)}\n${data}\n${code}` }
}

function scriptPlanOf(plan: LoadPlan): Omit<ScriptPlan, 'credentials'> {
  const profile = staircase(plan.profile)
  const users = new Portion({ ...plan, profile }).allConnections
  const opens = plan.mode === 'stateful' && plan.session === 'per-connection'
  const ends = opens && profile.afterwards !== 'leave'
  return {
    told: {
      url: redactor(plan.secrets).text(plan.url),
      ...(plan.name === undefined ? {} : { name: plan.name }),
      profileName: plan.profileName,
      profile,
      mode: plan.mode,
      session: plan.session,
      revision: plan.revision,
      timeoutMs: plan.timeoutMs,
      method: plan.requests[0]!.method,
      thresholds: plan.thresholds.map(({ text }) => text),
      openingSeconds: opens ? openingSeconds(users) : 0,
    },
    url: plan.url,
    timeoutMs: plan.timeoutMs,
    ids: { ...ids, users },
    ...scriptRequests(plan),
    think: profile.think ?? 0,
    seconds: secondsOf(profile.stages),
    thresholds: scriptThresholds(plan.thresholds),
    scenarios: scenariosOf({ profile, users, opens, ends }),
  }
}
