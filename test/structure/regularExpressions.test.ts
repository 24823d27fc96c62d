import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

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

const units = [
	'a', 'A', '0', '-', '.', '_', '/', '\\', '<', '>', '&', '%', '@', '"', ',', ':', ' ', '\n', '\t', '=', '?', '[', '{', '+',
	'é', '\u200b', 'a.', 'a@', 'a-', '0-', './', '<a', '</', '%2e', ' .', 'aA', 'a ', ' =', 'a/', '0.', '0:', '{{', '<Message>', 'filename=', '<a>;', 'rel=',
]; // prettier-ignore

describe('a regular expression of the package', () => {
	const expressions = regularExpressions();

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
