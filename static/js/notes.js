// A learner's notes stand beside their facts, and each fact has a way to a note of its own. Without
// this they stand beneath the facts, and the way leads by a list.

const show = () => {
  const section = document.querySelector("[data-notes]");
  if (!section) return;
  const noted = new Set();
  for (const note of section.querySelectorAll("[data-beside]")) {
    const fact = document.getElementById(note.dataset.beside);
    const words = fact?.querySelector(":scope > :is(p, pre, blockquote, h2, h3, h4, h5, h6)");
    if (!words) continue;
    const item = note.closest("li");
    words.after(note);
    item.remove();
    noted.add(fact.id);
  }
  // What stands beside its fact needs no list beneath.
  for (const part of section.querySelectorAll(":scope > :is(h2, ul)")) part.hidden = !section.querySelector("li");
  for (const line of document.querySelectorAll(".tree .ln")) {
    const id = line.hash.slice(1);
    const way = document.createElement("a");
    way.className = "ln own-way";
    way.href = `${section.dataset.notes}${id.replace("fact-", "")}/note/`;
    way.textContent = noted.has(id) ? "Change note" : "Note";
    line.after(way);
  }
};

document.addEventListener("page:shown", show);
show();
