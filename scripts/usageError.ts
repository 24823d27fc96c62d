/** Something to tell the user of a script as it is, without a stack. */
export class UsageError extends Error {}
