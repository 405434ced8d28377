/** A mistake of the user: one line that says what is wrong, where, and what to do. The program prints it and exits with 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
