import { createTransport } from 'nodemailer';

/** Sends mails. */
export interface Mailer {
  /** Whether the mail server takes mails now. Asked before anybody is told that a mail is on its way. */
  isUp(): Promise<boolean>;
  /** Sends one. Throws when the server does not take it. */
  send(mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
  close(): void;
}

/** How long a mail server may take (ms), from the connection on. */
const PATIENCE_MS = 5_000;

/** By SMTP; `url` as in `smtps://user:password@host`. */
export function createMailer(url: string, from: string, patienceMs = PATIENCE_MS): Mailer {
  const transport = createTransport(url, { from });
  const { options } = transport;
  Object.assign(options, {
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  return {
    isUp: async () => {
      try {
        return await transport.verify();
      } catch {
        // Whatever it is (no connection, no greeting, wrong password): no mail leaves now.
        return false;
      }
    },
    send: async (mail) => {
      await transport.sendMail(mail);
    },
    close: () => transport.close(),
  };
}
