/**
 * The schema of a place name. Control characters and angle brackets are refused, since the name is repeated in results
 * that end up in terminals and pages (tools-outputs-sanitized).
 */
export const placeSchema = {
  type: 'string',
  description: 'Name of a place, for instance Seattle or 札幌',
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f<>]+$',
}
