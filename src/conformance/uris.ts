import type { Survey } from './survey.js'

/** The URIs of listed resources, those that are text. */
export function listedUris(of: Survey | Record<string, any>[]): string[] {
  const resources = Array.isArray(of) ? of : of.resources
  return resources.map((one) => one.uri).filter((uri) => typeof uri === 'string')
}

/** The URI templates a server lists, those that are text. */
export function listedTemplates(survey: Survey): string[] {
  return survey.templates.map((one) => one.uriTemplate).filter((template) => typeof template === 'string')
}

/** True when a template could produce the URI, judged by the text before its first variable: then a read may well succeed. */
export function mayBeTemplated(uri: string, survey: Survey): boolean {
  return listedTemplates(survey).some((template) => uri.startsWith(template.split('{')[0]!))
}

/** URIs nothing on the server has, in a scheme of their own and in the schemes it uses; none that a template could produce. */
export function unknownUris(survey: Survey, canary: string): string[] {
  const own = listedUris(survey)
    .slice(0, 3)
    .flatMap((uri) => [`${uri}-${canary}`, `${uri.split(':')[0]}://${canary}/${canary}`])
  const all = [`gauntlet-canary:///${canary}`, `gauntlet-canary://${canary}`, ...own]
  return all.filter((uri) => !mayBeTemplated(uri, survey))
}

/** A template with every expression replaced by `value`, and no other syntax left. */
export function expanded(template: string, value: string): string {
  return template.replaceAll(/\{[^{}]*\}/g, value)
}

/** Names of the variables of a template. */
export function variablesOf(template: string): string[] {
  const expressions = template.match(/\{[^{}]*\}/g) ?? []
  return expressions
    .flatMap((one) =>
      one
        .slice(1, -1)
        .replace(/^[+#./;?&=,!@|]/, '')
        .split(','),
    )
    .map((name) => name.replace(/(\*|:\d+)$/, ''))
}
