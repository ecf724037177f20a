// What a person would see at a glance, measured: texts that do not fit, targets too small for a
// finger, and whether the focus can be seen. Evaluates to an object of three functions.
(() => {
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest("[inert]") === null;

  // For screen readers alone: one pixel large, or cut away.
  const isForEarsOnly = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { clipPath, position } = getComputedStyle(each);
      const { width, height } = each.getBoundingClientRect();
      if (position === "absolute" && (clipPath === "inset(50%)" || (width <= 1 && height <= 1)))
        return true;
    }
    return false;
  };

  const named = (element) => {
    const name =
      element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    return `<${element.tagName.toLowerCase()}> “${(name ?? "").trim().slice(0, 60)}”`;
  };

  const boxOfText = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };

  const SLACK_PX = 1.5;
  // Glyphs may stand a little out of a tight line without being cut.
  const SLACK_Y_PX = 4;

  // What is wrong with the place of one text, if anything.
  const misfit = (node) => {
    const text = boxOfText(node);
    if (text.width === 0 || text.height === 0) return null;
    let [checksX, checksY] = [true, true];
    for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === "contents" || style.display === "inline") continue;
      const edge = box.getBoundingClientRect();
      const isShortened =
        style.textOverflow === "ellipsis" && box.closest("[title]") !== null;
      const scrollsX = ["auto", "scroll"].includes(style.overflowX);
      const scrollsY = ["auto", "scroll"].includes(style.overflowY);
      if (isShortened || scrollsX) checksX = false;
      if (scrollsY) checksY = false;
      const standsOutX = text.left < edge.left - SLACK_PX || text.right > edge.right + SLACK_PX;
      const standsOutY = text.top < edge.top - SLACK_Y_PX || text.bottom > edge.bottom + SLACK_Y_PX;
      if (checksX && standsOutX && edge.width > 0) return `${named(box)} is narrower than its text`;
      if (checksY && standsOutY && style.overflowY !== "visible")
        return `${named(box)} cuts its text off below or above`;
      if (["fixed", "absolute"].includes(style.position)) break;
    }
    const standsOut = text.left < -SLACK_PX || text.right > innerWidth + SLACK_PX;
    return checksX && standsOut ? "reaches out of the window" : null;
  };

  // A list that only its own arrow shows: what it says must fit, or be shortened with dots.
  const selectMisfit = (select) => {
    const chosen = select.selectedOptions[0]?.textContent ?? "";
    const style = getComputedStyle(select);
    if (style.textOverflow === "ellipsis") return null;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return pen.measureText(chosen).width > room + SLACK_PX ? "its choice does not fit" : null;
  };

  const fit = () => {
    const found = [];
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth > clientWidth) found.push(`the page scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (!node.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT", "OPTION", "TEXTAREA"].includes(holder.tagName)) continue;
      if (!isSeen(holder) || isForEarsOnly(holder)) continue;
      const what = misfit(node);
      if (what) found.push(`“${node.data.trim().slice(0, 60)}”: ${what}`);
    }
    for (const select of document.querySelectorAll("select")) {
      const what = isSeen(select) && selectMisfit(select);
      if (what) found.push(`${named(select)}: ${what}`);
    }
    return found;
  };

  const TARGETS =
    "a[href], button, input, select, textarea, summary, [role=switch], [role=checkbox], " +
    "[data-scrub], [role=radio], [role=tab], [role^=menuitem], [role=option]:nth-of-type(-n + 3)";
  const LEAST_PX = 44;

  // A link within a sentence is as high as its line; everybody knows how to hit it.
  const isWithinText = (element) =>
    element.tagName === "A" &&
    getComputedStyle(element).display.startsWith("inline") &&
    element.closest("p, li, span, dd")?.textContent.trim() !== element.textContent.trim();

  // The marks of a graphic that is one target: a finger reads them by moving over it, and what a
  // mark opens has a button of its own (WCAG 2.5.5 and 2.5.8, equivalent controls).
  const isMarkOfGraphic = (element) => element.parentElement.closest("[data-scrub]") !== null;

  // How far one can move from the middle and still hit it.
  const reach = (element, x, y, dx, dy) => {
    const isHit = (at) => {
      const [px, py] = [x + dx * at, y + dy * at];
      // What lies out of the window belongs to whatever stands at its edge.
      if (px < 0 || py < 0 || px >= innerWidth || py >= innerHeight) return true;
      const hit = document.elementFromPoint(px, py);
      return (
        hit !== null &&
        (element.contains(hit) || isLabelled(element, hit) || isInPassing(element, hit))
      );
    };
    let at = 0;
    while (at < LEAST_PX && isHit(at + 1)) at += 1;
    return at;
  };
  // A note on hover and a passing message go by themselves; what is open lies over it meanwhile.
  const isInPassing = (element, hit) => {
    const over = hit.closest("[role=tooltip], [data-sonner-toast], [data-radix-popper-content-wrapper]");
    return over !== null && !over.contains(element);
  };
  const isLabelled = (element, hit) => [...(element.labels ?? [])].some((label) => label.contains(hit));

  // What is open lies over it for as long as it is open.
  const isBelowPopup = (element, box) => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const popup = top?.closest("[data-radix-popper-content-wrapper]");
    return popup ? !popup.contains(element) : false;
  };

  const targets = () => {
    const found = [];
    for (const element of document.querySelectorAll(TARGETS)) {
      if (!isSeen(element) || element.closest("[aria-hidden=true]") || isForEarsOnly(element)) continue;
      if (element.disabled || isWithinText(element) || isMarkOfGraphic(element)) continue;
      element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const box = element.getBoundingClientRect();
      if (isBelowPopup(element, box)) continue;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const width = reach(element, x, y, -1, 0) + reach(element, x, y, 1, 0) + 1;
      const height = reach(element, x, y, 0, -1) + reach(element, x, y, 0, 1) + 1;
      if (width < LEAST_PX || height < LEAST_PX) found.push(`${named(element)}: ${width} × ${height}`);
    }
    scrollTo(0, 0);
    return found;
  };

  // What is wrong with the focus: nowhere, out of sight, or without a mark.
  const focus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing has the focus";
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const isInSight = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    if (!isInSight) return `${named(element)} has the focus out of sight`;
    const isMarked = (each) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    };
    const own = getComputedStyle(element);
    // The box of the cookie marks its frame; an item of a menu its whole row.
    const framed = element.tagName === "TEXTAREA" && element.parentElement;
    const isFramed = framed && getComputedStyle(framed).borderColor !== "rgba(0, 0, 0, 0)";
    const isRow = element.hasAttribute("data-highlighted") && own.backgroundColor !== "rgba(0, 0, 0, 0)";
    // A dialog as a whole takes the focus when it opens.
    const isWhole = ["dialog", "alertdialog", "menu"].includes(element.getAttribute("role"));
    const isHeading = /^H\d$/.test(element.tagName) || element.id === "content";
    return isMarked(element) || isFramed || isRow || isWhole || isHeading
      ? null
      : `${named(element)} does not show that it has the focus`;
  };

  return { fit, targets, focus };
})()
