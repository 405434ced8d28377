import { proofOf } from './expect-proof.js'

proofOf('stateful, JSON answers')
