// What a reader of this page cannot read whole: everything wider than the screen, cut off, or out of its box.
() => {
  const screen = document.documentElement.clientWidth, found = new Set(), slack = 1.5;
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const one of document.querySelectorAll("[popover]")) { one.popover = "manual"; one.showPopover(); }

  const style = getComputedStyle;
  const hides = one => style(one).overflowX !== "visible";
  const hidden = one => one.closest(".visually-hidden, .skip") !== null;
  const scrolls = one => ["auto", "scroll"].includes(style(one).overflowX);
  // A box may scroll sideways when a keyboard reaches it, a screen reader says what it is, and its edge is seen.
  const on_purpose = one => scrolls(one) && one.tabIndex >= 0 && one.matches("[role=region]")
    && one.matches("[aria-label], [aria-labelledby]") && style(one).backgroundImage !== "none";
  const name = one => {
    const text = (one.innerText || one.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${one.tagName.toLowerCase()}${one.className && one.className.baseVal === undefined ? "." + one.className.trim().replace(/\s+/g, ".") : ""} “${text}”`;
  };

  if (document.documentElement.scrollWidth > screen) found.add(`page: ${document.documentElement.scrollWidth} wide`);

  const look = (box, one) => {
    if (!box.width || !box.height) return;
    for (let around = one; around && around !== document.body; around = around.parentElement) {
      if (!hides(around) || around.matches("input, select, textarea, svg")) continue;
      const edge = around.getBoundingClientRect();
      if (box.left >= edge.left - slack && box.right <= edge.right + slack) continue;
      if (!on_purpose(around)) return found.add(`cut: ${name(one)} in ${name(around)}`);
      box = edge;
    }
    if (box.left < -slack || box.right > screen + slack) found.add(`wide: ${name(one)} ${Math.round(box.left)}–${Math.round(box.right)}`);
  };

  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const one = text.parentElement;
    if (!text.data.trim() || hidden(one) || one.closest("script, style, svg, textarea, option") || !one.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    let block = one;
    while (style(block).display === "inline" || style(block).display === "contents") block = block.parentElement;
    const room = block.getBoundingClientRect();
    for (const box of range.getClientRects()) {
      look(box, one);
      if (box.width && (box.left < room.left - slack || box.right > room.right + slack)) found.add(`out of its box: ${name(one)} in ${name(block)}`);
    }
  }
  for (const one of document.querySelectorAll("body input, body select, body textarea, body button, body img, body svg, body table, body iframe")) {
    if (!hidden(one) && one.type !== "hidden" && one.checkVisibility()) look(one.getBoundingClientRect(), one);
  }
  return [...found];
}
