export { createUnderstanding, type TrainableUnderstanding } from './understanding.js';
