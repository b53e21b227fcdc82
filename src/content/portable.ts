import type { Bundle } from './bundle.js';
import { type Message, messageLater } from './message.js';

/** A bundle as plain data, which may go from one thread to another. */
export interface PortableBundle extends Omit<Bundle, 'texts'> {
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, Omit<Message, 'format'>>>;
}

/** Texts without what renders them. Everything else of a bundle is plain data. */
export function toPortable(bundle: Bundle): PortableBundle {
  return {
    ...bundle,
    texts: mapTexts(bundle.texts, (_tag, { source, placeholders, times, plurals }) => ({
      ...{ source, placeholders, times, plurals },
    })),
  };
}

/** The same bundle again; a text is compiled when it is first said. */
export function fromPortable(portable: PortableBundle): Bundle {
  const { timesMs } = portable;
  return {
    ...portable,
    texts: mapTexts(portable.texts, (tag, checked) => messageLater(tag, checked, timesMs)),
  };
}

function mapTexts<From, To>(
  texts: ReadonlyMap<string, ReadonlyMap<string, From>>,
  change: (tag: string, from: From) => To,
): ReadonlyMap<string, ReadonlyMap<string, To>> {
  return new Map(
    [...texts].map(([tag, messages]) => [
      tag,
      new Map([...messages].map(([key, message]) => [key, change(tag, message)])),
    ]),
  );
}
