// Pace, stops and real processes are measured in time: on a busy machine a test gets a second chance, and its first
// failure is printed.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
