import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

// What n8n runs over a package before it is verified, on this work tree: inline disables do not count.
void (async () => {
	const { passed, message, details } = await analyzePackage(process.cwd(), SOURCE_FILE_PATTERNS);
	if (!passed) {
		console.error(details ?? message);
		process.exitCode = 1;
	}
})();
