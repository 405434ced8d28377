import type { ScriptPlan } from '../script-plan.js'

/** The data of the script. There is none here: it is `theLoad`, which stands at the top of every script. */
export declare const plan: ScriptPlan
