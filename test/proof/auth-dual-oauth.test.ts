import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('dual, OAuth', guardsStrangers)
