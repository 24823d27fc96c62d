import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { Kandji } from '../../nodes/Kandji/Kandji.node';
import { expectLinear } from '../timing';

const root = join(__dirname, '../..');

/** The regular expressions in the published code, by file. */
function regularExpressions(): Array<[string, RegExp]> {
	const files = globSync('{nodes,credentials}/**/*.ts', { cwd: root }).sort();
	return files.flatMap((file) => {
		const source = ts.createSourceFile(
			file,
			readFileSync(join(root, file), 'utf8'),
			ts.ScriptTarget.Latest,
		);
		const found: Array<[string, RegExp]> = [];
		const visit = (node: ts.Node): void => {
			if (ts.isRegularExpressionLiteral(node)) {
				const [, pattern = '', flags] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
				found.push([`${file}: ${node.text}`, new RegExp(pattern, flags)]);
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
		return found;
	});
}

/** The regular expressions that n8n runs on the fields of a form, and that users see the errors of. */
function formExpressions(): Array<[string, RegExp]> {
	const patterns = new Set<string>();
	JSON.stringify(
		new Kandji().description.properties,
		(_key, value: { regex?: string; errorMessage?: string } | null) => {
			// n8n checks a whole value, and looks for what it extracts anywhere in it.
			const { regex, errorMessage } = value ?? {};
			if (regex !== undefined) patterns.add(errorMessage === undefined ? regex : `^${regex}$`);
			return value;
		},
	);
	return [...patterns].map((pattern) => [`a form: ${pattern}`, new RegExp(pattern)]);
}

const units = [
	'a', 'A', '0', '-', '.', '_', '/', '\\', '<', '>', '&', '%', '@', '"', ',', ':', ' ', '\n', '\t', '=', '?', '[', '{', '+',
	'é', '\u200b', 'a.', 'a@', 'a-', '0-', './', '<a', '</', '%2e', ' .', 'aA', 'a ', ' =', 'a/', '0.', '0:', '{{', '<Message>', 'filename=', '<a>;', 'rel=',
	'/devices/', 'devices/', '/users/', '/blueprints/a/', '/library/',
]; // prettier-ignore

describe('a regular expression of the package', () => {
	const expressions = [...regularExpressions(), ...formExpressions()];

	it('is found', () => {
		expect(expressions.length).toBeGreaterThan(50);
	});

	it.each(expressions)('takes time in proportion to the text: %s', (_name, expression) => {
		const beginnings = ['', 'https://a', '/api/v1/', 'x?', '2026-01-01', 'a@'];
		for (const unit of units) {
			for (const beginning of unit.length === 1 ? beginnings : ['']) {
				const work = (text: string) => text.replace(expression, '');
				const textOf = (length: number) => `${beginning}${unit.repeat(length / unit.length)}\u0001`;
				expect(() => expectLinear(work, textOf)).not.toThrow();
			}
		}
	});
});
