import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('stateless, OAuth', guardsStrangers)
