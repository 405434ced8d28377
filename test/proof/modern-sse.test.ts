import { proofOf } from './expect-proof.js'

proofOf('modern, SSE answers')
