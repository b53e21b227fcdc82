export { type Script, scriptOf, scriptOfLocale } from './language.js';
export { createUnderstanding } from './understanding.js';
