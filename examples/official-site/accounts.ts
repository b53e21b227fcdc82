import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { verifySync } from 'otplib';
import { z } from 'zod';
import { hashPassword, isPassword } from './passwords.js';

const STEP_S = 30;

const accountSchema = z.object({
  mail: z.string(),
  /** All that there ever were, for none is taken again; the present one first. */
  passwords: z.array(z.string()).min(1),
  /** Base32; without it there is no authenticator. */
  authenticator: z.string().optional(),
  /** The last time step whose code was taken: no code is taken twice. */
  lastStep: z.number().default(-1),
});
type Account = z.infer<typeof accountSchema>;

/** The accounts of the stand-in. Everybody who is not there is answered by the same work. */
export interface Accounts {
  has(mail: string): boolean;
  add(mail: string, password: string, authenticator?: string): Promise<void>;
  isPassword(mail: string, password: string): Promise<boolean>;
  /** Whether a password is the person's present one or one of before. */
  wasPassword(mail: string, password: string): Promise<boolean>;
  setPassword(mail: string, password: string): Promise<void>;
  /** Takes a code of the authenticator (RFC 6238, one step early or late), each once. */
  takeCode(mail: string, code: string): boolean;
}

/** For who has no authenticator, so that asking takes as long. */
const NOBODYS = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Kept in memory, and in a JSON file where one is named. */
export function createAccounts(now: () => number, file?: string): Accounts {
  const accounts = new Map(read(file).map((account) => [account.mail, account]));
  const keep = (account: Account): void => {
    accounts.set(account.mail, account);
    if (file === undefined) return;
    writeFileSync(`${file}.new`, JSON.stringify([...accounts.values()], null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  return {
    has: (mail) => accounts.has(mail),
    add: async (mail, password, authenticator) =>
      keep({
        ...{ mail, passwords: [await hashPassword(password)], lastStep: -1 },
        ...(authenticator === undefined ? {} : { authenticator }),
      }),
    isPassword: (mail, password) => isPassword(password, accounts.get(mail)?.passwords[0] ?? null),
    wasPassword: async (mail, password) => {
      // One after another: each takes 32 MiB while it is compared.
      for (const each of accounts.get(mail)?.passwords ?? [])
        if (await isPassword(password, each)) return true;
      return false;
    },
    setPassword: async (mail, password) => {
      const hashed = await hashPassword(password);
      const account = accounts.get(mail);
      if (account !== undefined) keep({ ...account, passwords: [hashed, ...account.passwords] });
    },
    takeCode: (mail, code) => {
      const account = accounts.get(mail);
      const result = verifySync({
        ...{ strategy: 'totp', secret: account?.authenticator ?? NOBODYS, token: code },
        epoch: Math.floor(now() / 1000),
        epochTolerance: STEP_S,
      });
      if (!result.valid || !('timeStep' in result) || account?.authenticator === undefined) return false;
      if (result.timeStep <= account.lastStep) return false;
      keep({ ...account, lastStep: result.timeStep });
      return true;
    },
  };
}

function read(file: string | undefined): readonly Account[] {
  if (file === undefined) return [];
  try {
    return z.array(accountSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
