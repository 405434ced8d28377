import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('modern, OAuth', guardsStrangers)
