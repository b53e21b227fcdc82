export { type DetectOptions, detect } from './detect.js';
export type { Finding, FoundSecretKind } from './finding.js';
export { rememberable } from './rememberable.js';
