export { createGuard } from './guard.js';
export { createLookUp } from './links/look-up.js';
export { createOutboundPolicy } from './outbound/policy.js';
