const { dest, src } = require('gulp');

// Icons and codex files stand beside the compiled code; n8n looks for them there.
const copyAssets = () =>
	src(['nodes/**/*.{json,svg,png}', 'icons/*.svg'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);

exports.build = copyAssets;
exports.default = copyAssets;
