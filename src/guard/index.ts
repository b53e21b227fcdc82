export { createGuard } from './guard.js';
export { createGroupWatch, createImpersonationJudge } from './impersonation/impersonation.js';
export { createLinkJudge } from './links/links.js';
export { createLookUp } from './links/look-up.js';
export type { HostListed } from './links/verdict.js';
export { createOutboundPolicy, createTextPolicy } from './outbound/policy.js';
export type { IsOurToken } from './outbound/tokens.js';
