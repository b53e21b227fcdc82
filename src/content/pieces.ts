import type { Button, TextKey } from '../model/index.js';

/** Texts of one turn are joined into one message up to this length: fewer bubbles, still one screen. */
const JOIN_CHARS = 600;

/** A message in the making. */
export interface Piece {
  readonly text: string;
  readonly keys: readonly TextKey[];
  readonly buttons: readonly Button[];
  readonly private: boolean;
  /** Stands by itself. */
  readonly alone: boolean;
  /** Its words unless the deletion before it is known to have happened. */
  readonly unlessDeleted?: Wording;
}

type Wording = { readonly text: string; readonly keys: readonly TextKey[] };

function both(first: Wording, second: Wording): Wording {
  const text = first.text === '' ? second.text : `${first.text}\n\n${second.text}`;
  return { text, keys: [...first.keys, ...second.keys] };
}

/** Neighbours without buttons join the message after them while it stays short; in public everything is one message. */
export function joinPieces(pieces: readonly Piece[], isPublic: boolean): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const fits =
      last !== undefined &&
      (isPublic ||
        (last.buttons.length === 0 &&
          !last.alone &&
          !piece.alone &&
          last.text.length + piece.text.length <= JOIN_CHARS));
    if (!fits || last === undefined) joined.push(piece);
    else {
      const otherwise =
        last.unlessDeleted === undefined && piece.unlessDeleted === undefined
          ? {}
          : { unlessDeleted: both(last.unlessDeleted ?? last, piece.unlessDeleted ?? piece) };
      joined[joined.length - 1] = {
        ...piece,
        ...both(last, piece),
        ...otherwise,
        buttons: [...last.buttons, ...piece.buttons],
        private: last.private || piece.private,
      };
    }
  }
  return joined.filter((piece) => piece.text !== '');
}
