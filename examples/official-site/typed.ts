/** What a person typed for a code or number: full-width digits, blanks and hyphens are read as meant. */
export type TypedDigits =
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'wrong'; readonly why: 'empty' | 'letters' | 'few' | 'many' };

/** Reads exactly `count` digits. */
export function readDigits(typed: string, count: number): TypedDigits {
  const digits = plain(typed);
  if (digits === '') return { kind: 'wrong', why: 'empty' };
  if (!/^[0-9]+$/.test(digits)) return { kind: 'wrong', why: 'letters' };
  if (digits.length === count) return { kind: 'digits', digits };
  return { kind: 'wrong', why: digits.length < count ? 'few' : 'many' };
}

/** The ten letters and digits of a session code, in Crockford's alphabet; `null` for anything else. */
export function readSessionCode(typed: string): string | null {
  const code = plain(typed).toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) ? code : null;
}

/** A mail address as it is looked up; `null` for what is none. */
export function readMail(typed: string): string | null {
  const mail = typed.slice(0, 320).normalize('NFKC').trim().toLowerCase();
  return /^[^\s@<>"(),;:\\[\]]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(mail) && mail.length <= 254
    ? mail
    : null;
}

function plain(typed: string): string {
  return typed
    .slice(0, 64)
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '');
}
