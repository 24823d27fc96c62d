// Real processes on a busy machine: a start that was too slow gets a second chance, and is printed.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
