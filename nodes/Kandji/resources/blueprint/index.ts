import type { INodeProperties } from 'n8n-workflow';

import { confirmBlueprintName } from '../../shared/preSend/confirm';
import {
	blueprintLocator,
	libraryItemLocator,
	returnAllOrLimit,
} from '../../shared/fields/locators';
import { asForm } from '../../shared/preSend/bodies';
import { blueprintsFrom, idsFrom } from '../../shared/preSend/ids';
import { requireChange } from '../../shared/preSend/requiredFields';
import { asDeleted, withIds } from '../../shared/fields/output';
import { byNext, byOffset } from '../../transport/routing/paging';
import { blueprintCreateDescription, checkNew, sendSource } from './create';
import { blueprintDeleteDescription } from './delete';
import { blueprintGetAllDescription } from './getAll';
import {
	askForSignIn,
	blueprintGetEnrollmentProfileDescription,
	profileOrUrl,
} from './getEnrollmentProfile';
import { blueprintGetTemplatesDescription } from './getTemplates';
import { asAssignment, blueprintLibraryItemDescription, sendLibraryItem } from './libraryItem';
import { blueprintUpdateDescription } from './update';

const showOnlyForBlueprints = { resource: ['blueprint'] };

export const blueprintDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForBlueprints },
		options: [
			{
				name: 'Assign Library Item',
				value: 'assignLibraryItem',
				action: 'Assign library item to blueprint',
				description: 'Assign a library item, such as an app, profile or script, to a blueprint',
				routing: {
					request: {
						method: 'POST',
						url: '/api/v1/blueprints/{{blueprintId}}/assign-library-item',
					},
					send: { preSend: [sendLibraryItem] },
					output: { postReceive: [asAssignment] },
				},
			},
			{
				name: 'Create',
				value: 'create',
				action: 'Create blueprint',
				description:
					'Create a blueprint from scratch, from a template or as a copy of another blueprint',
				routing: {
					request: { method: 'POST', url: '/api/v1/blueprints' },
					send: { preSend: [sendSource, checkNew, asForm] },
				},
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete blueprint',
				description: 'Delete a blueprint permanently and stop managing every device in it',
				routing: {
					request: { method: 'DELETE', url: '/api/v1/blueprints/{{blueprintId}}' },
					send: { preSend: [confirmBlueprintName.check] },
					output: { postReceive: [asDeleted] },
				},
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get blueprint',
				description: 'Retrieve a blueprint, including its type, enrollment code and device count',
				routing: { request: { method: 'GET', url: '/api/v1/blueprints/{{blueprintId}}' } },
			},
			{
				name: 'Get Enrollment Profile',
				value: 'getEnrollmentProfile',
				action: 'Get enrollment profile of blueprint',
				description:
					'Download the profile (.mobileconfig) for manual enrollment in a blueprint, or get the URL where users sign in for it',
				routing: {
					request: {
						method: 'GET',
						url: '/api/v1/blueprints/{{blueprintId}}/ota-enrollment-profile',
						encoding: 'arraybuffer',
					},
					send: { preSend: [askForSignIn] },
					output: { postReceive: [profileOrUrl] },
				},
			},
			{
				name: 'Get Library Items',
				value: 'getLibraryItems',
				action: 'Get library items of blueprint',
				description: 'Retrieve the IDs and names of the library items assigned to a blueprint',
				routing: {
					request: {
						method: 'GET',
						url: '/api/v1/blueprints/{{blueprintId}}/list-library-items',
					},
					operations: { pagination: byNext({ items: 'results', key: 'id' }) },
					output: { postReceive: [withIds] },
				},
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many blueprints',
				description: 'Retrieve a list of blueprints',
				routing: {
					request: { method: 'GET', url: '/api/v1/blueprints' },
					send: {
						preSend: [
							idsFrom('filters', 'qs', { blueprintId: 'id' }),
							blueprintsFrom('filters', 'id__in'),
						],
					},
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Get Templates',
				value: 'getTemplates',
				action: 'Get blueprint templates',
				description: 'Retrieve the templates for new blueprints, one item per category',
				routing: {
					request: { method: 'GET', url: '/api/v1/blueprints/templates/' },
					operations: { pagination: byOffset({ items: 'results', key: 'id' }) },
				},
			},
			{
				name: 'Remove Library Item',
				value: 'removeLibraryItem',
				action: 'Remove library item from blueprint',
				description: 'Remove a library item from a blueprint and its devices',
				routing: {
					request: {
						method: 'POST',
						url: '/api/v1/blueprints/{{blueprintId}}/remove-library-item',
					},
					send: { preSend: [sendLibraryItem] },
					output: { postReceive: [asAssignment] },
				},
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update blueprint',
				description:
					'Update the name, description, appearance or enrollment settings of a blueprint',
				routing: {
					request: { method: 'PATCH', url: '/api/v1/blueprints/{{blueprintId}}' },
					send: {
						preSend: [
							requireChange({
								name: 'Name',
								color: 'Icon Tint',
								icon: 'Icon',
								'enrollment_code.code': 'Enrollment Code',
								'enrollment_code.is_active': 'Enrollment Active',
							}),
							asForm,
						],
					},
				},
			},
		],
		default: 'getAll',
	},
	blueprintLocator({
		...showOnlyForBlueprints,
		operation: [
			'assignLibraryItem',
			'delete',
			'get',
			'getEnrollmentProfile',
			'getLibraryItems',
			'removeLibraryItem',
			'update',
		],
	}),
	libraryItemLocator({
		...showOnlyForBlueprints,
		operation: ['assignLibraryItem', 'removeLibraryItem'],
	}),
	...returnAllOrLimit({ ...showOnlyForBlueprints, operation: ['getLibraryItems'] }),
	...blueprintLibraryItemDescription,
	...blueprintCreateDescription,
	...blueprintDeleteDescription,
	...blueprintGetAllDescription,
	...blueprintGetEnrollmentProfileDescription,
	...blueprintGetTemplatesDescription,
	...blueprintUpdateDescription,
];
