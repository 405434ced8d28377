import { contentVariants } from './variants/content.js'
import { handlingVariants } from './variants/handling.js'
import { oddVariants } from './variants/odd.js'
import { streamVariants } from './variants/streams.js'
import type { Variant } from './variants/variant.js'

/** Clean servers that are built in other ways than the first one. */
export const variants: Variant[] = [...handlingVariants, ...contentVariants, ...streamVariants, ...oddVariants]

/** Looks a variant up by its name. */
export function findVariant(name: string): Variant {
  const found = variants.find((variant) => variant.name === name)
  if (found === undefined) throw new Error(`there is no variant ${name}`)
  return found
}
