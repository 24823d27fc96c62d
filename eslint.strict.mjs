import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { config as n8nDefault } from '@n8n/node-cli/eslint';
import tseslint from 'typescript-eslint';

const noInlineConfig = {
	linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
};

const typeScriptRules = {
	'no-console': 'error',
	eqeqeq: 'error',
	// A directive has no effect here, but ESLint only warns of it.
	'no-warning-comments': ['error', { terms: ['eslint-disable', 'fixme', 'todo'] }],
	'@typescript-eslint/consistent-type-imports': 'error',
};

/** For tests, scripts and the simulator, which n8n's rules for nodes do not fit. */
export const strict = tseslint.config(noInlineConfig, {
	files: ['**/*.ts'],
	extends: [tseslint.configs.recommended],
	rules: typeScriptRules,
});

/** For nodes and credentials: n8n's default, which has to stay as it is, and our own rules on top. */
export default [
	...n8nDefault,
	noInlineConfig,
	{
		files: ['nodes/**/*.json'],
		...n8nCommunityNodesPlugin.configs.recommended,
		languageOptions: { parser: tseslint.parser },
	},
	{ files: ['**/*.ts'], rules: typeScriptRules },
];
