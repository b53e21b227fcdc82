export { createGuard } from './guard.js';
export { createLookUp } from './links.js';
export { createOutboundPolicy } from './outbound.js';
