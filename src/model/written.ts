declare const written: unique symbol;

/**
 * Words of a person. Any string may stand where they are wanted; they may not stand where {@link Loggable} is, so that
 * none is logged by accident.
 */
export type Written = string & { readonly [written]?: true };

/** Text that may be logged: names, codes and paths of ours, and never {@link Written}. */
export type Loggable = string & { readonly [written]?: never };
