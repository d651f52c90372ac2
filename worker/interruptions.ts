/** Why a document was interrupted from outside. */
export class Stopped extends Error {
  override name = 'Stopped';
  readonly why: 'cancelled' | 'lost' | 'drain';

  constructor(why: 'cancelled' | 'lost' | 'drain') {
    super(`stopped: ${why}`);
    this.why = why;
  }
}

/** The document cannot continue for now; it returns to the queue and holds no slot. */
export class Waiting extends Error {
  override name = 'Waiting';
  readonly reason: string;
  readonly until: Date;

  constructor(reason: string, until: Date, options?: ErrorOptions) {
    super(`waiting until ${until.toISOString()}: ${reason}`, options);
    this.reason = reason;
    this.until = until;
  }
}
