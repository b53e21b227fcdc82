import type { ShownAuthor } from '../../model/index.js';
import { isWithin } from '../links/near.js';
import { editsFor, isOwnAccount, type Ours } from '../links/ours.js';
import { showsBrand } from '../links/resemble.js';
import { skeleton, squeezed } from '../links/skeleton.js';

/**
 * `ours`: an account of the registry. `like-ours`: made to look like one. `role`: nothing but "support" and the like.
 */
export type NameKind = 'ours' | 'like-ours' | 'role' | 'plain';

const ROLES = new Set(
  `support supports helpdesk help desk helpline admin admins administrator mod moderator official team service services
  customer care agent representative operator assistant staff center centre live online technical tech hotline manager
  verification validator recovery security server mediator bot chat info ticket tickets desk1 sop soporte suporte destek
  dukungan поддержка админ администратор модератор техподдержка`
    .split(/\s+/)
    .map(skeleton),
);
/** Words that stand beside those and say nothing. */
const FILLERS = new Set(
  'the a of and real verified wallet wallets crypto global community group 24 7 24h us uk hq pro for one1'
    .split(' ')
    .map(skeleton),
);
/** In Chinese, Japanese and Korean the words have no blanks between them. */
const CJK_ROLE =
  /^(?:[\p{L}\p{N}]{0,6}?)(?:官方|在线|在線|线上|線上|人工|专属|專屬)?(?:客服|管理员|管理員|客服中心|官方人员|官方人員|工作人员|工作人員|专员|專員|小助手|支持|サポート|運営|管理人|事務局|고객센터|고객지원|운영자|관리자)(?:[\p{N}]{0,6}|中心|团队|團隊|小[\p{L}])?$/u;
const ROLE_ANYWHERE =
  /support|help|desk|admin|official|team|service|care|agent|mod(?:erator)?\b|staff|recovery|官方|客服|管理|专员|專員|人员|人員|支持|サポート|運営|고객|공식|운영|관리|поддержк|админ|soporte|suporte|destek/iu;
/** Letters beside our brand that still make it the whole name: "the Example Wallet", "Example Wallet 2". */
const FEW = 4;

/** What the name of an author says. */
export function nameOf({ name, handle, platform }: ShownAuthor, ours: Ours): NameKind {
  const account = handle?.replace(/^@/, '') ?? '';
  if (isOwnAccount(ours, account.toLowerCase(), platform)) return 'ours';
  if ([name, account].some((one) => one !== '' && isLikeOurs(one, ours))) return 'like-ours';
  return isRole(name) ? 'role' : 'plain';
}

function isLikeOurs(name: string, ours: Ours): boolean {
  const bare = squeezed(name);
  const marks = [...ours.brand.marks, squeezed(ours.registry.product.name)].filter(
    (mark) => mark.length >= 5 || /\p{Script=Han}{3}/u.test(mark),
  );
  for (const mark of marks) {
    if (bare.length - mark.length <= FEW && bare.includes(mark)) return true;
    if (isWithin(bare, mark, editsFor(mark))) return true;
  }
  const handles = [...ours.registry.handles].map(squeezed);
  if (handles.some((own) => own.length >= 8 && isWithin(bare, own, 2))) return true;
  const folded = skeleton(name);
  const hasRole =
    ROLE_ANYWHERE.test(name) ||
    folded.split(/[^\p{L}\p{N}]+/u).some((word) => ROLES.has(word)) ||
    ROLE_FOLDED.test(bare);
  return hasRole && (showsBrand(name, ours.brand) || marks.some((mark) => bare.includes(mark)));
}

const ROLE_FOLDED = new RegExp(
  ['support', 'helpdesk', 'admin', 'official', 'team', 'service', 'help', 'hlp'].map(skeleton).join('|'),
  'u',
);

function isRole(name: string): boolean {
  const plain = name.normalize('NFKC').trim();
  if (CJK_ROLE.test(plain)) return true;
  const words = skeleton(plain)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.some((word) => ROLES.has(word)) && words.every((word) => ROLES.has(word) || FILLERS.has(word));
}
