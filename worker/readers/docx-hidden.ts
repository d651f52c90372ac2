// Text of a Word document that its readers do not see, and that mammoth gives all the same.

const runStart = /<w:r(?:\s[^<>]*)?>/g;
const runEdge = /<w:r(?:\s[^<>]*)?>|<\/w:r>/g;
/** Hidden, or struck out twice (one stroke is left out as it is in HTML); `w:val` may take it back. */
const unseen = /<w:(?:vanish|dstrike)(?:\s+w:val="(?:1|true|on)")?\s*\/>/;

/** The XML of a part without the runs of text that are hidden or struck out twice. */
export function withoutHidden(xml: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const { index, 0: tag } of xml.matchAll(runStart)) {
    if (index < from || !isUnseen(xml, index + tag.length)) continue;
    kept.push(xml.slice(from, index));
    from = endOfRun(xml, index);
  }
  return kept.join('') + xml.slice(from);
}

/** A run's properties come first in it. */
function isUnseen(xml: string, at: number): boolean {
  if (!xml.startsWith('<w:rPr', at)) return false;
  const end = xml.indexOf('</w:rPr>', at);
  return end >= 0 && unseen.test(xml.slice(at, end));
}

/** A text box within a run has runs of its own. */
function endOfRun(xml: string, start: number): number {
  let depth = 0;
  runEdge.lastIndex = start;
  for (let edge = runEdge.exec(xml); edge; edge = runEdge.exec(xml)) {
    depth += edge[0] === '</w:r>' ? -1 : 1;
    if (depth === 0) return edge.index + edge[0].length;
  }
  return xml.length;
}
