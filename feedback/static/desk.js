// Keys for the lists of the desk: j k move, / searches, ? shows the keys. Each is also on the page;
// none fires while somebody types.
(() => {
  const rows = [...document.querySelectorAll(".case-words")];
  const typing = (place) => place.closest("input, select, textarea, [contenteditable]");
  const step = (by) => {
    const now = rows.indexOf(document.activeElement);
    const next = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
    if (next) next.focus();
  };
  const show = (selector) => {
    const found = document.querySelector(selector);
    if (!found) return;
    if (found.tagName === "DETAILS") found.open = !found.open;
    (found.querySelector("summary") || found).focus();
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => show("input[type=search]"),
    "?": () => show("#keys"),
    r: () => show("#reply textarea"),
    t: () => show("#reply select"),
    n: () => show("#note textarea"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
