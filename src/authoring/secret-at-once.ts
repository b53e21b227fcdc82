/** What nobody may be asked for, as people name it. */
const SECRET =
  /\b(?:passwords?|pass\s?phrases?|pins?|(?:recovery|seed|secret|backup)\s(?:phrases?|words?|keys?)|mnemonics?|private\skeys?|(?:12|24|twelve|twenty-four)\swords|(?:sms|2fa|login|security|verification|one-time)?\s?codes?|security\sanswers?)\b|密码|密碼|助记词|助記詞|助忆词|私钥|私鑰|验证码|驗證碼|密语|密語|安全问题的?答案|安全問題的?答案|[12][24]\s?个(?:单词|词)|[12][24]\s?個(?:單字|單詞|詞)/i;
/** Words by which something is asked for. */
const ASKS =
  /\b(?:tell|send|give|share|type|enter|write|post|paste|provide|submit|confirm|reply|message|show|read\sout|what(?:'s|\sis|\sare)|need\syour|let\s(?:me|us)\s(?:know|have))\b|发|發|告诉|告訴|输入|輸入|提供|提交|填|写|寫|说|說|报|報|给|給|粘贴|貼上|回复|回覆|什么|什麼|甚麼|核对|核對|出示/i;
/** Words that turn a sentence into a warning. */
const NEGATES =
  /\b(?:no|not|never|nobody|none|nor|neither|without|whoever|anyone\swho|cannot|scam(?:mer)?s?)\b|n['’]t\b|不|勿|别|別|没|沒|无|無|绝|絕|莫|骗|騙/i;

/**
 * The first sentence of a text that names a secret and asks for it without saying no, or `null`. A first look while
 * somebody types; the check of the whole content is stricter.
 */
export function asksForSecret(text: string): string | null {
  const sentences = text.split(/(?<=[.!?。！？；;])\s*|\n+/u);
  const asking = sentences.find(
    (sentence) => SECRET.test(sentence) && ASKS.test(sentence) && !NEGATES.test(sentence),
  );
  if (asking !== undefined) return asking.trim();
  const question = sentences.find(
    (sentence) => SECRET.test(sentence) && /[?？]\s*$/.test(sentence) && /\byour\b|你|您/i.test(sentence),
  );
  return question?.trim() ?? null;
}
