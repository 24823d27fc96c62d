import { build } from './n8n/build';

// For the scripts that run the built package: only then is it never rebuilt while a test reads it.
build().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
