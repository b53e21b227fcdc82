export { createGuard } from './guard.js';
export { createImpersonationJudge } from './impersonation/impersonation.js';
export { createLinkJudge } from './links/links.js';
export { createLookUp } from './links/look-up.js';
export { createOutboundPolicy, createTextPolicy } from './outbound/policy.js';
