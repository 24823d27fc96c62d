import { z } from 'zod';

import type { Resource } from '../core';
import { json } from '../http/body';
import { flag, type Call } from '../http/call';
import { notFound, plainError } from '../http/errors';
import { byOffset, WEB_HOST } from '../http/paging';
import type { TenantState } from '../state';
import { recordAudit } from '../state/audit';
import { itemsOf } from '../state/blueprints';
import { findItem } from '../state/library';
import { recordLibraryActivity } from '../state/libraryActivity';
import type { Blueprint } from '../state/types';
import { blueprintOf } from './blueprints';

const itemBody = z
	.object({ library_item_id: z.string(), assignment_node_id: z.string().optional() })
	.strict();

/** What hangs on a blueprint: its library items and its enrolment profile. */
export const blueprintItems: Resource = (add, { state }) => {
	add('GET /api/v1/blueprints/{blueprint_id}/list-library-items', (call) => {
		const items = itemsOf(blueprintOf(state, call)).flatMap((id) => {
			const item = findItem(state.library, id);
			return item ? [{ id, name: item.name }] : [];
		});
		return byOffset(call, items, { max: 300, default: 25 });
	});

	add('POST /api/v1/blueprints/{blueprint_id}/assign-library-item', (call) => {
		const { blueprint, item, node } = target(state, call);
		const items = blueprint.nodes.get(node)!;
		if (items.includes(item)) {
			throw plainError(
				node === ''
					? 'Library Item already exists on Blueprint'
					: 'Library Item already exists in Assignment Node',
			);
		}
		blueprint.nodes.set(node, [...items, item]);
		return note(state, blueprint, item);
	});

	add('POST /api/v1/blueprints/{blueprint_id}/remove-library-item', (call) => {
		const { blueprint, item, node } = target(state, call);
		const items = blueprint.nodes.get(node)!;
		if (!items.includes(item)) {
			throw plainError(
				node === ''
					? 'Library Item does not exist on Blueprint'
					: 'Library Item does not exist in Assignment Node',
			);
		}
		blueprint.nodes.set(
			node,
			items.filter((id) => id !== item),
		);
		return note(state, blueprint, item);
	});

	add('GET /api/v1/blueprints/{blueprint_id}/ota-enrollment-profile', (call) => {
		const blueprint = blueprintOf(state, call);
		if (flag(call.query, 'sso') && state.ssoBlueprints.has(blueprint.id)) {
			const metadata = Buffer.from(JSON.stringify({ blueprint_id: blueprint.id }));
			return {
				url: `${WEB_HOST}/enrollment/authentication?metadata=${metadata.toString('base64url')}`,
			};
		}
		call.reply.headers({
			'Content-Type': 'application/x-apple-aspen-config',
			'Content-Disposition': 'attachment;filename=kandji-enroll.mobileconfig',
		});
		return Buffer.from(profile(blueprint));
	});
};

function target(
	state: TenantState,
	call: Call,
): { blueprint: Blueprint; item: string; node: string } {
	const blueprint = blueprintOf(state, call);
	const { library_item_id: item, assignment_node_id: node } = json(call, itemBody);
	if (!findItem(state.library, item)) throw notFound();
	if (blueprint.type === 'classic' && node !== undefined) {
		throw plainError('assignment_node_id cannot be provided for Classic Blueprint');
	}
	if (node === undefined && !blueprint.nodes.has('')) {
		throw plainError('Must provide assignment_node_id for Assignment Map Blueprint');
	}
	if (!blueprint.nodes.has(node ?? '')) throw notFound();
	return { blueprint, item, node: node ?? '' };
}

function note(state: TenantState, blueprint: Blueprint, item: string): string[] {
	recordLibraryActivity(state, item, 'library_item_assignment_changed');
	recordAudit(state, {
		action: 'update',
		target_type: 'blueprint',
		target_id: blueprint.id,
		target_component: 'library_items',
	});
	return itemsOf(blueprint);
}

function profile({ id, name }: Blueprint): string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadDisplayName</key><string>Enrollment: ${name.replace(/[<&]/g, '')}</string>
<key>PayloadIdentifier</key><string>io.kandji.enroll.${id}</string>
<key>PayloadType</key><string>Profile Service</string>
</dict></plist>
`;
}
