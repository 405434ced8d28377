import express, { type RequestHandler } from 'express'

const LARGEST_BODY = '4mb'

/** Reads the body as bytes, whatever its type claims, up to 4 MiB (then 413). */
export const readBody: RequestHandler = express.raw({ type: () => true, limit: LARGEST_BODY })
