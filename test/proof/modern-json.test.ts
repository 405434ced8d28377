import { proofOf } from './expect-proof.js'

proofOf('modern, JSON answers')
