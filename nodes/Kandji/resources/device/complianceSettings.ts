import type { IDataObject, IExecutePaginationFunctions, NodeApiError } from 'n8n-workflow';

import { entriesOf } from '../../shared/fields/commaList';
import { emptyFieldError } from '../../shared/preSend/requiredFields';
import { inputError } from '../../transport/http/errors';
import { idOf } from '../../transport/routing/ids';
import type { RequiredApp, Rule } from './complianceRules';
import {
	agentInstalled,
	appRules,
	blueprintIsOneOf,
	checkedInWithin,
	fileVaultOn,
	firewallOn,
	fullSecureBoot,
	gatekeeperOn,
	isComparableOsVersion,
	libraryItemWithoutFailures,
	mdmEnabled,
	minimumAgentVersion,
	minimumOsVersion,
	noOpenThreats,
	recoveryKeyEscrowed,
	systemIntegrityProtectionOn,
	tagIsOneOf,
	userAssigned,
} from './complianceRules';

/** The rules that are on or off, by their fields. */
const switchedRules: Record<string, Rule> = {
	agentInstalled,
	fileVaultOn,
	firewallOn,
	fullSecureBoot,
	gatekeeperOn,
	mdmEnabled,
	noOpenThreats,
	recoveryKeyEscrowed,
	systemIntegrityProtectionOn,
	userAssigned,
};

const text = (value: unknown): string => String(value ?? '').trim();

const versionError = (
	context: IExecutePaginationFunctions,
	displayName: string,
	value: string,
	example: string,
): NodeApiError =>
	inputError(
		context,
		`${displayName} is not a version: "${value.slice(0, 80)}"`,
		`Nothing was sent. Enter a version such as ${example}.`,
	);

/**
 * The rules that the fields of an item ask for.
 *
 * @throws NodeApiError if there are none, or one has no usable value
 */
export async function rulesOf(context: IExecutePaginationFunctions): Promise<Rule[]> {
	const fields = context.getNodeParameter('rules', {}) as IDataObject;
	/** The value of a rule's field, if the rule was added. */
	const withValue = <T>(name: string, read: (value: unknown) => T): T | undefined =>
		name in fields ? read(fields[name]) : undefined;
	const list = (displayName: string) => (value: unknown) => {
		const entries = entriesOf(value);
		if (entries.length === 0) throw emptyFieldError(context, displayName);
		return entries;
	};
	const group = (displayName: string, name: string) => (value: unknown) => {
		const entries = [(value as IDataObject | null)?.[name] ?? []].flat() as IDataObject[];
		if (entries.length === 0) throw emptyFieldError(context, displayName);
		return entries;
	};

	const rules = Object.entries(switchedRules).flatMap(([name, rule]) =>
		fields[name] === true ? rule : [],
	);

	const days = withValue('checkedInWithinDays', Number);
	if (days !== undefined) rules.push(checkedInWithin(days));

	const agent = withValue('minimumAgentVersion', text);
	if (agent !== undefined) {
		if (!/^\d+(?:\.\d+)*(?: ?\(\d+\))?$/.test(agent)) {
			throw versionError(context, 'Minimum Agent Version', agent, '4.5.9');
		}
		rules.push(minimumAgentVersion(agent));
	}

	for (const entry of withValue('minimumOsVersions', group('Minimum OS Versions', 'versions')) ??
		[]) {
		const platform = text(entry.platform);
		const version = text(entry.version);
		if (!isComparableOsVersion(platform, version)) {
			throw versionError(
				context,
				`Minimum OS Versions › Version of ${platform}`,
				version,
				platform === 'Windows' ? '24H2 or 10.0.26100' : '15.6.1',
			);
		}
		rules.push(minimumOsVersion(platform, version));
	}

	const present = (withValue('appsPresent', group('Apps Present', 'apps')) ?? []).map(
		(entry): RequiredApp => {
			const app = text(entry.app);
			const minimumVersion = text(entry.minimumVersion);
			if (app === '') throw emptyFieldError(context, 'Apps Present › App');
			if (minimumVersion === '') return { app };
			if (/\d/.test(minimumVersion)) return { app, minimumVersion };
			throw versionError(context, 'Apps Present › Minimum Version', minimumVersion, '139.0');
		},
	);
	const absent = withValue('appsAbsent', list('Apps Absent')) ?? [];
	rules.push(...appRules(present, absent));

	for (const { libraryItemId: locator } of withValue(
		'libraryItemsWithoutFailures',
		group('Library Items Without Failures', 'libraryItems'),
	) ?? []) {
		const id = await idOf(context, 'libraryItemId', locator);
		const { cachedResultName: name } = Object(locator) as IDataObject;
		rules.push(libraryItemWithoutFailures(id, text(name) || id));
	}

	const blueprints = withValue('blueprintIsOneOf', list('Blueprint Is One Of'));
	if (blueprints !== undefined) rules.push(blueprintIsOneOf(blueprints));
	const tags = withValue('tagIsOneOf', list('Tag Is One Of'));
	if (tags !== undefined) rules.push(tagIsOneOf(tags));

	if (rules.length > 0) return rules;
	throw inputError(
		context,
		'Rules is empty',
		'Nothing was sent, because every device would be compliant. Add at least one rule, and turn it on.',
	);
}
