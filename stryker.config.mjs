export default {
	testRunner: 'jest',
	mutate: ['dist/nodes/Kandji/transport/**/*.js'],
};
