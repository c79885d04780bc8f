// Keys for the desk. Each stands in the table that "?" opens, and each is also a control on the
// page. None fires while somebody types, chooses from a list, or has that table open.
(() => {
  const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
  const find = (selector) => document.querySelector(selector);
  const rows = [...document.querySelectorAll(".case-words")];
  const table = find("#keys");
  const row = () => document.activeElement.closest(".case");
  const go = (link) => link && location.assign(link.href);

  const focus = (place) => {
    if (!place) return;
    const folded = place.closest("details");
    if (folded) folded.open = true;
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  };
  // On a list from row to row; on a case to its neighbours in the list it was opened from.
  const step = (by) => {
    if (!rows.length) return go(find(by > 0 ? "a[rel=next]" : "a[rel=prev]"));
    const now = rows.indexOf(row()?.querySelector(".case-words"));
    rows[Math.min(Math.max(now + by, 0), rows.length - 1)].focus();
  };
  const tick = () => row()?.querySelector(".pick")?.click();
  // On a list the button for what is ticked, or else for the row in hand; on a case the form.
  const act = (move, form) => {
    const button = find(`.bulk-bar button[value=${move}]`);
    if (!button) return focus(find(form));
    if (!find(".pick:checked")) tick();
    focus(button);
  };
  const first = "textarea, select, input:not([type=hidden]), button";
  const inside = (move) => `#move-${move} :is(${first})`;
  const search = () => {
    const box = find("input[type=search]");
    if (box) return focus(box);
    const inbox = find(".rail a[href^='/hop-viec']");
    if (inbox) location.assign(`${inbox.pathname}#q`);
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    x: tick,
    a: () => act("assign", inside("assign")),
    r: () => act("answer", "#reply textarea"),
    e: () => act("close", inside("close")),
    n: () => focus(find("#note textarea")),
    t: () => focus(find("#reply select")),
    "/": search,
    "?": () => table?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || event.target.closest(TYPING) || table?.open) return;
    const press = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!press) return;
    event.preventDefault();
    press();
  });
  for (const opener of document.querySelectorAll("[data-opens=keys]")) {
    opener.hidden = false;
    opener.addEventListener("click", keys["?"]);
  }
  find("[data-closes=keys]")?.addEventListener("click", () => table.close());
  if (location.hash === "#q") focus(find("input[type=search]"));
})();

// Cells over a photo: pressed and drawn along, all of them become as the first one did. Without
// script, and with a finger, each is a box to tick.
(() => {
  let first = null;
  let paint = true;
  const cell = (event) => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    return under?.closest(".blacking-cells label")?.querySelector("input");
  };
  document.addEventListener("pointerdown", (event) => {
    first = event.pointerType === "touch" ? null : cell(event);
    paint = !first?.checked;
  });
  document.addEventListener("pointermove", (event) => {
    const box = first && cell(event);
    // Who stays in one cell only ticks it.
    if (box && box !== first) box.checked = first.checked = paint;
  });
  document.addEventListener("pointerup", () => { first = null; });
})();
