export { strict as default } from '../eslint.strict.mjs';
