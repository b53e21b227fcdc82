import type { IncomingMessage } from 'node:http';

/** The parameters of a call: from the query string and, as JSON or as a form, from the body. */
export async function readParameters(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString('utf8');
  const query = fromForm(new URL(request.url ?? '', 'http://platform').searchParams);
  if (body === '') return query;
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const fields = isForm ? fromForm(new URLSearchParams(body)) : (JSON.parse(body) as Record<string, unknown>);
  return { ...fields, ...query };
}

/** In a form everything but plain words is JSON in words. */
function fromForm(fields: URLSearchParams): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...fields].map(([name, value]) => [name, fromWords(value)]));
}

function fromWords(value: string): unknown {
  if (!/^(?:[[{].*|-?\d{1,15}|true|false)$/s.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
