import { scan } from '../links/scan.js';
import { visible } from '../links/visible.js';

// Each pattern begins at the mark that makes an address of what stands around it, so that a look takes linear time.
/** A scheme with slashes, or one that does harm without. */
const SCHEME =
  /(?<=[\p{L}\p{N}+.-]\s?)[:：]\s?[\\/／⁄∕]{2}|(?:javascript|vbscript|data|mailto|tel|sms|tg|intent)\s?[:：]\s?\S/iu;
/** A dotted word, of any script: an app makes a link of it, or a reader does. */
const DOTTED =
  /(?:(?<=[\p{L}\p{N}_-])[.．｡․﹒ꓸ]|(?<=[a-z0-9])。(?=[a-z0-9])|(?<=[\p{L}\p{N}_-]\s?)[[({]\s?(?:\.|dot|点|點)\s?[\])}]\s?)(xn--[a-z0-9-]{2,59}|\p{L}[\p{L}\p{M}]{1,23})(?![\p{L}\p{M}])/giu;
/** Scripts in which a full stop without a blank is ordinary. */
const NO_BLANKS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+$/u;
/** Endings in Chinese characters that can be registered. */
const HAN_ENDINGS = /^(?:中国|中國|公司|网络|網絡|网址|網址|在线|商城|网站|集团|香港|台湾|台灣)$/u;
const IP = /(?<![\p{N}.])(?:\p{N}{1,3}\.){3}\p{N}{1,3}(?![\p{N}.])/u;
/** Mail address, handle, or what mentions everybody. */
const AT = /(?<=[\p{L}\p{N}._%+-]\s?)[@＠﹫]\s?[\p{L}\p{N}]|[@＠﹫][\p{L}\p{N}_]{2}|\(at\)|\[at\]/iu;
/** A name in another app: `WeChat: helper_01`, `微信：helper01`, `name#1234`. */
const ACCOUNT =
  /(?<![\p{L}])(?:wechat|weixin|wx|vx|whats\s?app|telegram|tele|tg|qq|line|signal|discord|kakao(?:talk)?|viber|skype|zalo|instagram|snapchat|微信|薇信|威信|电报|電報|飞机|飛機|企鹅|카카오톡|텔레그램|라인|телеграм\w{0,3}|ватсап|вайбер)\s{0,2}(?:id|号|號|名|帳號|账号|아이디|username)?\s{0,2}[:：=是]\s{0,2}[@＠]?[a-z0-9][a-z0-9_.-]{3,}|(?<=[a-z0-9_.]{2})#\p{N}{4}(?!\p{N})/iu;
/** Digits of a telephone number, with what stands between them. Amounts, dates, hours and hashes have another form. */
const PHONE =
  /(?<![\p{L}\p{N}.,#_/-])(?:\+\s?\(?\p{N}(?:[\s().\-/]{0,3}\p{N}){6,14}|\(?\p{N}{2,5}\)?(?:[\s.\-/]{1,2}\(?\p{N}{2,5}\)?){2,4}|\p{N}{7,15})(?![\p{L}\p{N}_]|[.,]\p{N})/gu;
const DATE_OR_TIME =
  /^(?:(?:19|20)\p{N}{2}[-./]\p{N}{1,2}[-./]\p{N}{1,2}|\p{N}{1,2}[-./]\p{N}{1,2}[-./](?:19|20)?\p{N}{2})(?:\s\p{N}{1,2})?$/u;

/**
 * Whether a text holds an address, a handle, a mail address, a telephone number or a name in another app, in whatever
 * spelling. Meant for what is left of a text once our own are taken out, so it rather sees one too many.
 */
export function holdsContact(text: string): boolean {
  const plain = visible(text).text.normalize('NFKC');
  return [...new Set([text, plain])].some(
    (form) =>
      SCHEME.test(form) ||
      IP.test(form) ||
      AT.test(form) ||
      ACCOUNT.test(form) ||
      hasDotted(form) ||
      hasPhone(form) ||
      scan(form).some((found) => !found.doubtful),
  );
}

function hasDotted(text: string): boolean {
  for (const [, ending = ''] of text.matchAll(DOTTED)) {
    if (!NO_BLANKS.test(ending) || HAN_ENDINGS.test(ending)) return true;
  }
  return false;
}

function hasPhone(text: string): boolean {
  for (const [found] of text.matchAll(PHONE)) {
    const digits = found.replace(/\P{N}/gu, '').length;
    if (digits >= 7 && digits <= 15 && !DATE_OR_TIME.test(found.trim())) return true;
  }
  return false;
}
