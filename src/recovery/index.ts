export {
  isLive,
  issueChallenge,
  type Judged,
  judgePage,
  picked,
  renewNumber,
  returned,
  stop,
} from './challenge.js';
export { linkNumberOf } from './link-number.js';
