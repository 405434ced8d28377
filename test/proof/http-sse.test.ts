import { proofOf } from './expect-proof.js'

proofOf('HTTP+SSE')
