import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
  readonly to: string;
  /** Headers and body as they came. */
  readonly raw: string;
  /** The body in plain words. */
  readonly text: string;
}

/** A mail server that delivers nothing. */
export interface MailCatcher {
  readonly url: string;
  readonly mails: readonly CaughtMail[];
  /** Resolves with the newest mail to somebody once there are more than `after` of them. */
  arrives(to: string, after?: number): Promise<CaughtMail>;
  /** Down: connections are refused. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts on a free port of 127.0.0.1, or on `port`; `caught` hears of every mail. */
export async function startMailCatcher(
  port = 0,
  caught: (mail: CaughtMail) => void = () => undefined,
): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const waiting = new Set<() => void>();
  let server = open();
  let isOpen = true;
  function open(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const raw = Buffer.concat(chunks).toString('utf8');
          for (const { address } of session.envelope.rcptTo) {
            const mail = { to: address, raw, text: bodyOf(raw) };
            mails.push(mail);
            caught(mail);
          }
          done();
          for (const look of waiting) look();
        });
      },
    });
  }
  async function listen(at: number): Promise<number> {
    server.listen(at, '127.0.0.1');
    await once(server.server, 'listening');
    return (server.server.address() as AddressInfo).port;
  }
  const own = await listen(port);
  const stop = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await new Promise<void>((done) => server.close(done));
  };
  return {
    url: `smtp://127.0.0.1:${own}`,
    mails,
    stop,
    close: stop,
    start: async () => {
      server = open();
      await listen(own);
      isOpen = true;
    },
    arrives: (to, after = 0) =>
      new Promise((resolve) => {
        const look = (): void => {
          const theirs = mails.filter((mail) => mail.to === to);
          const newest = theirs.at(-1);
          if (theirs.length <= after || newest === undefined) return;
          waiting.delete(look);
          resolve(newest);
        };
        waiting.add(look);
        look();
      }),
  };
}

function bodyOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/content-transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
