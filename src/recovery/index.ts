export {
  CHALLENGE_MS,
  isLive,
  issueChallenge,
  type Judged,
  judgePage,
  picked,
  renewNumber,
  returned,
  stop,
} from './challenge.js';
export { linkNumberOf, readLinkNumber } from './link-number.js';
