// Gives what stands the form of other HTML, node by node: what is the same stays, and with it focus, open panels, what has
// been typed, and most of the browser's work. What is drawn in a `.plot` is left to who drew it.
const isPlot = (node) => node.nodeType === 1 && node.classList.contains("plot");

function alter(old, fresh) {
  if (old.nodeType !== 1) return void (old.data !== fresh.data && (old.data = fresh.data));
  if (isPlot(old)) return void (old.style.cssText = fresh.style.cssText);
  const typed = old.tagName === "INPUT" && old.getAttribute("value");
  for (const name of old.getAttributeNames())
    if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name);
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (!old.hasAttribute("data-none")) alterWithin(old, fresh);
  if (old.tagName === "SELECT") old.value = fresh.value;
  if (old.tagName !== "INPUT") return;
  old.checked = fresh.checked;
  const isWritten = old === document.activeElement || (typed === fresh.getAttribute("value") && !old.closest(".day"));
  if (!isWritten) old.value = fresh.value;
}

// Whether one may be given the form of the other: a card that of the same card, a drawing that of a drawing.
const isKin = (old, fresh) =>
  old.nodeName === fresh.nodeName &&
  (old.nodeType !== 1 ||
    (old.getAttribute("data-card") === fresh.getAttribute("data-card") && isPlot(old) === isPlot(fresh)));

export function alterWithin(old, fresh) {
  let there = old.firstChild;
  for (let node = fresh.firstChild, next; node; node = next) {
    next = node.nextSibling;
    const after = there?.nextSibling ?? null;
    if (!there) old.append(node);
    else if (isKin(there, node)) alter(there, node);
    else there.replaceWith(node);
    there = after;
  }
  while (there) {
    const after = there.nextSibling;
    there.remove();
    there = after;
  }
}
