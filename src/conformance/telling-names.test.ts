import { describe, expect, it } from 'vitest'
import { asksForSecret } from './telling-names.js'

describe('asksForSecret', () => {
  it.each([
    'Paste your API key for the port authority',
    'To go on, please enter the password',
    'Sign in. Provide your GitHub access token',
    'What is your credit card number?',
  ])('finds %s', (text) => expect(asksForSecret(text)).toBe(true))

  it.each([
    'Enter a name for your API key',
    'Enter the API key name',
    'Enter your name. We never ask for your password',
    'Do not enter your password here',
    'Choose how long the access token is valid',
    'Enter the number of password resets',
    'Who brings her in?',
  ])('leaves %s alone', (text) => expect(asksForSecret(text)).toBe(false))
})
