/** An error that a script prints without a stack trace. */
export class UsageError extends Error {}
