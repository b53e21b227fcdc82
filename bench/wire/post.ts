import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** Posts a body with nothing but Node; resolves when the answer has been read. */
export async function post(url: string, body: string): Promise<void> {
  const sending = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
}
