import { listEndpoints } from '../../transport/lists/listAll';

/** The endpoint that lists all devices; its path also names the permission that it needs. */
export const deviceList = { path: '/api/v1/devices', pagination: listEndpoints.devices };
