const checked = /^(?:[☑☒✓✔✗✘✕✖🗹🗸🗷🗵⌧■▣◼🞕🞖●◉⦿⬤]|[[(]\s?[xX✓✔✗✘*•●]\s?[\])])$/u;
const unchecked = /^(?:[☐□◻▢🞎🞏🞐○◯⚪]|[[(]\s?[\])]|[[(]_+[\])])$/u;

/** Whether a text is a mark that is ticked (true) or not (false); null when it is none. */
export function markOf(text: string): boolean | null {
  if (checked.test(text)) return true;
  return unchecked.test(text) ? false : null;
}
