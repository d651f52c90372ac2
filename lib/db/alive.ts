/** A worker that has not been heard of for so long is not counted as running. */
export const aliveSeconds = 15;
