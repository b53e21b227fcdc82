export { type DetectOptions, detect } from './detect.js';
export type { Confidence, Finding, FoundSecretKind } from './finding.js';
export { mayBePart } from './may-be-part.js';
export { bareWords, rememberable } from './rememberable.js';
