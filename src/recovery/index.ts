export {
  answerAgain,
  asOf,
  isLive,
  issueChallenge,
  type Judged,
  judgePage,
  picked,
  renewNumber,
  returned,
  stop,
} from './challenge.js';
export { changeKeyFolder, createKeyReader, readKeyFolder } from './key-folder.js';
export { linkNumberOf } from './link-number.js';
export { readPageKeys } from './page-keys.js';
export { type PageQuestion, type ReadPageRequest, readPageRequest } from './page-request.js';
export { readSessionCode, sessionCode, shortenedHandle } from './session-code.js';
export { listKeySet, newKeySet, publicKeys, rotateKeySet, signingKey, withdrawKey } from './signing-keys.js';
export { isOurToken, signToken } from './token.js';
