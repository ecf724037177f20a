/**
 * Texts that share a parent with other nodes. A browser's translation replaces text nodes; React
 * then changes a node that is no longer in the document, and the text stays as it was. A text that
 * is the only child of its element is replaced with the element's content.
 */
export function findMixedTexts(root: Element): readonly string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement: parent, textContent } = node;
    if (!parent || parent.closest("svg, style, script") || !textContent?.trim()) continue;
    if (parent.childNodes.length > 1) found.push(parent.outerHTML);
  }
  return [...new Set(found)];
}
