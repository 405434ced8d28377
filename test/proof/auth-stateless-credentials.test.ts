import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('stateless, credentials', guardsStrangers)
