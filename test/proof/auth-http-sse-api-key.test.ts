import { guardsStrangers, proofOf } from './expect-proof.js'

proofOf('HTTP+SSE, API key', guardsStrangers)
