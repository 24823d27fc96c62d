import { strict } from '../eslint.strict.mjs';

export default [...strict, { files: ['**/*.ts'], rules: { 'no-console': 'off' } }];
