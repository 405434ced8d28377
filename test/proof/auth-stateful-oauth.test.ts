import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('stateful, OAuth', guardsStrangers)
