import { proofOf } from './expect-proof.js'

proofOf('stateless, SSE answers')
