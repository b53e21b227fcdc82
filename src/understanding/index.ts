export { type Cluster, clusters } from './clusters.js';
export {
  bookOf,
  crossValidate,
  type Labelled,
  type Outcome,
  outcomes,
  teachBook,
} from './evaluate.js';
export {
  confusionsOf,
  type Figures,
  figuresByIntent,
  figuresOf,
  thresholdsOf,
} from './figures.js';
export { hear } from './hear.js';
export { scriptOfLocale } from './language.js';
export { nameless } from './nameless.js';
export { type Script, scriptOf } from './script.js';
export { doubled, mislabelled, misread } from './suspects.js';
export { createTutor, languageOf } from './tutor.js';
export { createUnderstanding, type TrainableUnderstanding } from './understanding.js';
