/** What gives a message away, or why it is left alone. */
export type ImpersonationWhy =
  | 'look-alike-link'
  | 'blocked-link'
  | 'name-like-ours'
  | 'asks-for-secret'
  | 'asks-for-contact'
  | 'wallet-ritual'
  | 'asks-for-money'
  | 'asks-for-screen'
  | 'gift'
  | 'threat'
  | 'rescuer'
  /** No single sign, but what it is about taken together. */
  | 'odds'
  // left alone
  | 'staff'
  | 'asks-about-it'
  | 'tells-of-it'
  | 'warns-of-it'
  | 'own-trouble'
  | 'nothing';

export interface Impersonation {
  readonly scam: boolean;
  readonly why: ImpersonationWhy;
}
