import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('stateful, API key', guardsStrangers)
