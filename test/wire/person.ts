import type { Deed, Where as Place, SentThing } from '../../src/simulate/deed.js';
import type { Person, SeenMessage } from './ground.js';

/**
 * How things are done in a platform's client. `Where` is a place as its emulator names it, `Ref` what it calls a
 * message.
 */
export interface Client<Where extends object, Ref> {
  readonly user: {
    /** Writes a text; returns what the platform calls it. */
    says(text: string, where: Where): Ref;
    edits(ref: Ref, text: string, where: Where): void;
    /** Taps a button, of the newest message with one like it, or of the one that is named. */
    taps(label: string, where: Where & { readonly below?: Ref }): unknown;
  };
  readonly direct: Where;
  readonly group: Where;
  /** What stands before a text in the group that is for the bot. */
  readonly mention: string;
  /** What the emulator calls a message that is on the screen under this id; `null` when the newest is meant. */
  refOf(id: string): Ref | null;
  sends(what: SentThing, where: Where): void;
  /** Opens the chat, at a flow when that is not empty. */
  opens(flow: string, where: Where): void;
  command(name: string, where: Where, place: Place): void;
  blocks(): void;
  unblocks(): void;
  sees(where: Where): readonly SeenMessage[];
}

/** A person with that client. */
export function createPerson<Where extends object, Ref>(client: Client<Where, Ref>): Person {
  let last: Ref | null = null;
  const whereIs = (place: Place): Where => (place === 'group' ? client.group : client.direct);
  const addressed = (text: string, place: Place): string =>
    place === 'group' ? `${client.mention} ${text}` : text;

  const does = (deed: Deed, place: Place, below: string | null): void => {
    const { user } = client;
    const where = whereIs(place);
    switch (deed.kind) {
      case 'says':
        last = user.says(addressed(deed.text, place), where);
        return;
      case 'edits':
        if (last === null) throw new TypeError('nothing was written that could be changed');
        user.edits(last, addressed(deed.text, place), where);
        return;
      case 'sends':
        client.sends(deed.what, where);
        return;
      case 'taps': {
        const ref = below === null ? null : client.refOf(below);
        user.taps(deed.button.label, ref === null ? where : { ...where, below: ref });
        return;
      }
      case 'opens':
        client.opens(deed.flow, where);
        return;
      case 'command':
        client.command(deed.name, where, place);
        return;
      case 'blocks':
        client.blocks();
        return;
      case 'unblocks':
        client.unblocks();
        return;
    }
  };
  return { does, sees: (place) => client.sees(whereIs(place)) };
}
