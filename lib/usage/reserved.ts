/** The outcome of a usage row that is money set aside for a call under way. */
export const reserved = 'reserved';
