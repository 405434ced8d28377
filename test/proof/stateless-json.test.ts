import { proofOf } from './expect-proof.js'

proofOf('stateless, JSON answers')
