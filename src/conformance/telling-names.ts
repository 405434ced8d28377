/** Names of what nobody but its owner may know. */
const secret =
  /\b(pass ?words?|passwd|pwd|pass ?phrase|pass ?code|secrets?|credentials?|(api|access|private|secret|encryption|signing) ?key|(auth|access|refresh|bearer|api|id|session|csrf|security) ?tokens?|authorization|credit ?card|card ?number|cvv|cvc)\b|^(token|otp|pin)$/i

/** Names of what tells who a person is. */
const personal =
  /\b(ssn|social security|e ?mail|iban|passport|phone ?number|date ?of ?birth|birth ?date|tax ?id)\b|^(phone|birthday|dob)$/i

/** The words of a name: apiKey, api_key and API-Key are all "api key". */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
}

/** True for the name of a secret: a password, a key, a token, the number of a card. */
export function namesSecret(name: string): boolean {
  return secret.test(wordsOf(name))
}

/** True for the name of a secret or of something personal. */
export function namesPrivate(name: string): boolean {
  return namesSecret(name) || personal.test(wordsOf(name))
}

const wanted =
  /\b(enter|paste|type|provide|give|tell|send|supply|input|submit|share|what is|what's)(?: (?:me|us|in))? (?:your|the|a|an) (?:(?!for\b|of\b|to\b|in\b|on\b|with\b|without\b|name\b|new\b)[\w-]+ ){0,2}?(password|passphrase|pass ?code|api key|secret key|private key|access token|api token|bearer token|client secret|(?:credit )?card number|cvv|cvc)(?! ?(?:name|label|id|alias|hint|type|policy|manager|field|-))/i
const refusing = /\b(not|never|don't|do not|no need|without|instead)\b/i

/** True for a sentence that asks its reader for a secret, and for nothing about one. */
export function asksForSecret(text: string): boolean {
  return text.split(/[.!?\n]/).some((sentence) => wanted.test(sentence) && !refusing.test(sentence))
}
