import { proofOf } from './expect-proof.js'

/** What tells the eras apart is proven here; everything else is proven in each era on its own. */
proofOf('dual, SSE answers', (check) => ['versioning', 'headers', 'discover', 'initialize'].includes(check.suite))
