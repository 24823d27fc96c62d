import type { Resource } from '../core';
import { blueprints } from './blueprints';
import { deviceActions } from './deviceActions';
import { devices } from './devices';
import { prism } from './prism';
import { tags } from './tags';
import { users } from './users';

/** Every resource of the API. */
export const resources: readonly Resource[] = [
	blueprints,
	deviceActions,
	devices,
	prism,
	tags,
	users,
];
