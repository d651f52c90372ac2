/** The outcome of a usage row that is money set aside for a call in progress. */
export const reserved = 'reserved';
