// Steps in order and pairs, by hand: buttons, keys and dragging over the select fields of the form.

const say = (words) => { document.getElementById("status").textContent = words; };

// --- Steps: the order on the page is the answer.

const rows = (list) => [...list.querySelectorAll(".step")];
const number = (list) => {
  const all = rows(list);
  all.forEach((row, at) => {
    row.querySelector("select").value = String(at + 1);
    row.querySelector(".place").textContent = `${at + 1}.`;
    const [up, down] = row.querySelectorAll(".moves button");
    up.setAttribute("aria-disabled", String(at === 0));
    down.setAttribute("aria-disabled", String(at === all.length - 1));
  });
};
const move = (list, row, by) => {
  const all = rows(list);
  const to = all.indexOf(row) + by;
  if (to < 0 || to >= all.length) return;
  if (by < 0) all[to].before(row);
  else all[to].after(row);
  number(list);
  say(`${row.querySelector(".words").textContent.trim()}: place ${to + 1} of ${all.length}`);
};

const button = (words, sign, act) => {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: sign });
  made.setAttribute("aria-label", words);
  made.addEventListener("click", act);
  return made;
};

const order = (list) => {
  if (list.classList.contains("arranged")) return;
  list.classList.add("arranged");
  // What was chosen before stands in that order.
  const place = (row) => Number(row.querySelector("select").value) || Infinity;
  for (const row of rows(list).sort((a, b) => place(a) - place(b))) list.append(row);
  for (const row of rows(list)) {
    const words = row.querySelector(".words").textContent.trim();
    row.querySelector("select").hidden = true;
    row.prepend(Object.assign(document.createElement("span"), { className: "place" }));
    const moves = Object.assign(document.createElement("span"), { className: "moves" });
    moves.append(
      button(`Up: ${words}`, "↑", ({ currentTarget }) => { move(list, row, -1); currentTarget.focus(); }),
      button(`Down: ${words}`, "↓", ({ currentTarget }) => { move(list, row, 1); currentTarget.focus(); }),
    );
    row.append(moves);
    row.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      move(list, row, by);
      event.target.focus();
    });
    row.addEventListener("pointerdown", (event) => {
      if (event.button || event.target.closest("button, select")) return;
      drag(list, row, event);
    });
  }
  number(list);
};

// A step follows the pointer; the others make room as its middle passes theirs.
const drag = (list, row, start) => {
  const touch = start.pointerType === "touch";
  let held = !touch;
  // A finger that rests for a moment takes the step; one that moves at once scrolls.
  const waiting = touch && setTimeout(() => { held = true; row.classList.add("in-hand"); }, 180);
  if (held) row.classList.add("in-hand");
  let origin = start.clientY;
  const follow = (event) => {
    if (!held) {
      if (Math.abs(event.clientY - origin) > 8) end();
      return;
    }
    event.preventDefault();
    const all = rows(list);
    const at = all.indexOf(row);
    const box = row.getBoundingClientRect();
    const [before, after] = [all[at - 1], all[at + 1]];
    const middle = (other) => { const { top, height } = other.getBoundingClientRect(); return top + height / 2; };
    if (before && event.clientY < middle(before)) { before.before(row); origin -= box.top - row.getBoundingClientRect().top; number(list); }
    else if (after && event.clientY > middle(after)) { after.after(row); origin += row.getBoundingClientRect().top - box.top; number(list); }
  };
  const still = (event) => { if (held) event.preventDefault(); };
  const end = () => {
    clearTimeout(waiting);
    row.classList.remove("in-hand");
    removeEventListener("pointermove", follow);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    list.removeEventListener("touchmove", still);
  };
  addEventListener("pointermove", follow);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
  list.addEventListener("touchmove", still, { passive: false });
};

// --- Pairs: a partner is put beside an entry by a tap, by dragging, or in the select field.

const used = (match) => {
  const taken = new Set([...match.querySelectorAll("select")].map(({ value }) => value));
  for (const tile of match.querySelectorAll(".partners button")) {
    tile.toggleAttribute("data-used", taken.has(tile.dataset.value));
  }
};

const give = (match, select, tile) => {
  for (const other of match.querySelectorAll("select")) if (other.value === tile.dataset.value) other.value = "";
  select.value = tile.dataset.value;
  used(match);
  say(`${select.labels[0].textContent.trim()}: ${select.selectedOptions[0].textContent.trim()}`);
};

const pair = (match) => {
  if (match.classList.contains("arranged")) return;
  match.classList.add("arranged");
  const selects = [...match.querySelectorAll("select")];
  // The entry that was touched last gets the next partner; else the first one without.
  let wanted = null;
  for (const select of selects) {
    select.addEventListener("focus", () => { wanted = select; });
    select.addEventListener("change", () => {
      for (const other of selects) if (other !== select && select.value && other.value === select.value) other.value = "";
      used(match);
    });
  }
  for (const item of match.querySelectorAll("[data-partner]")) {
    const tile = Object.assign(document.createElement("button"), { type: "button" });
    tile.dataset.value = item.dataset.partner;
    tile.append(...item.childNodes);
    item.append(tile);
    tile.addEventListener("click", () => {
      const select = wanted ?? selects.find(({ value }) => !value);
      if (!select || tile.dataset.dragged) return;
      give(match, select, tile);
      wanted = null;
    });
    tile.addEventListener("pointerdown", (event) => { if (!event.button) carry(match, tile, event); });
  }
  used(match);
};

const carry = (match, tile, start) => {
  let moved = false;
  let over = null;
  const under = ({ clientX, clientY }) => document.elementsFromPoint(clientX, clientY).map((one) => one.closest(".pairing")).find(Boolean);
  const follow = (event) => {
    const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
    moved ||= Math.hypot(x, y) > 8;
    if (!moved) return;
    event.preventDefault();
    tile.classList.add("in-hand");
    tile.style.setProperty("translate", `${x}px ${y}px`);
    over?.classList.remove("over");
    over = under(event) ?? null;
    over?.classList.add("over");
  };
  const end = (event) => {
    removeEventListener("pointermove", follow);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    tile.classList.remove("in-hand");
    tile.style.removeProperty("translate");
    over?.classList.remove("over");
    if (!moved) return;
    // The click that follows a drag is none.
    tile.dataset.dragged = "true";
    setTimeout(() => delete tile.dataset.dragged, 0);
    if (over && event.type === "pointerup") give(match, over.querySelector("select"), tile);
  };
  addEventListener("pointermove", follow);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
};

const arrange = () => {
  for (const list of document.querySelectorAll("[data-ordering]")) order(list);
  for (const match of document.querySelectorAll("[data-matching]")) pair(match);
};
document.addEventListener("page:shown", arrange);
arrange();
