import { proofOf } from './expect-proof.js'

proofOf('stateful, SSE answers')
