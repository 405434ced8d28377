import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('modern, API key', guardsStrangers)
