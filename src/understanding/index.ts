export { createUnderstanding } from './understanding.js';
