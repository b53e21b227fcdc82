/** Headers of a request: names in lower case, those that came twice as a list. */
export type HttpHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request that was read to its end; the body as it came. */
export interface HttpRequest {
  readonly headers: HttpHeaders;
  readonly body: Buffer;
  /** Of whoever asked; behind a proxy on this machine, what that says of it. */
  readonly address: string;
}

/** What is answered: a status, and JSON where there is something to say. */
export interface HttpAnswer {
  readonly status: number;
  readonly json?: unknown;
  /** Beside the usual ones, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One way in over HTTP. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST';
  /** Exact, beginning with `/`. */
  readonly path: string;
  /** Longest body that is read; a longer one is answered with 413. */
  readonly maxBodyBytes: number;
  /** Looks at the headers before the body is read; a status refuses the request. */
  readonly admit?: (headers: HttpHeaders) => number | null;
  /** Answers a request; what it throws is answered with 500. */
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer;
}

/** The ways in of the one HTTP server. */
export interface HttpRoutes {
  /** Adds a route before the server listens. Throws `settings-invalid` when the path is taken. */
  add(route: HttpRoute): void;
}
