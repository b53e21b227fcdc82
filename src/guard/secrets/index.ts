export { type DetectOptions, detect } from './detect.js';
export type { Confidence, Finding, FoundSecretKind } from './finding.js';
export { mayBePart } from './may-be-part.js';
export { rememberable } from './rememberable.js';
