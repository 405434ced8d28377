import type { LoadedCheck } from '../../src/conformance/check.js'
import { proofOf } from './expect-proof.js'
import { settings } from './prove.js'

const aboutStrangers = (check: LoadedCheck) => check.suite === 'auth'

for (const { name } of settings.filter((setting) => setting.auth)) proofOf(name, aboutStrangers)
