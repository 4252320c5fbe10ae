// The map: pan, zoom, and what ties what. It moves what the server drew; without it all are links.

let chart = null;
const NEAR = 48;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

class Chart {
  constructor(stage) {
    this.stage = stage;
    this.svg = stage.querySelector("svg");
    this.tip = this.svg.querySelector("marker");
    this.said = document.querySelector(".map-said");
    [this.left, this.top, this.wide, this.high] = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.levels = this.svg.dataset.levels.split(" ").map(Number);
    this.letters = Number(this.svg.dataset.letters);
    this.held = new Map();
    this.index();
    this.svg.classList.add("live");
    stage.querySelector(".zoom").hidden = false;
    this.said.hidden = false;
    this.tell(null);
    this.sizes = new ResizeObserver(() => this.measure());
    this.sizes.observe(stage);
    this.measure();
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerover", "pointerout", "click", "keydown", "focusin", "focusout", "dragstart"]) {
      stage.addEventListener(name, this, name === "click");
    }
    stage.addEventListener("wheel", this, { passive: false });
    this.mark();
  }

  handleEvent(event) {
    this[event.type]?.(event);
  }

  // What is tied to what, from the lines.
  index() {
    this.spots = new Map([...this.svg.querySelectorAll(".spot")].map((spot) => [spot.dataset.id, spot]));
    this.ties = new Map([...this.spots.keys()].map((id) => [id, []]));
    for (const path of this.svg.querySelectorAll(".ties > path")) {
      this.ties.get(path.dataset.a)?.push({ path, other: path.dataset.b });
      this.ties.get(path.dataset.b)?.push({ path, other: path.dataset.a });
    }
    this.centres = new Map();
    for (const [id, spot] of this.spots) {
      const { x, y, width, height } = spot.firstElementChild.getBBox();
      const { e, f, a } = spot.firstElementChild.transform.baseVal.consolidate().matrix;
      this.centres.set(id, [e + a * (x + width / 2), f + a * (y + height / 2)]);
    }
    this.svg.querySelectorAll(".dots a").forEach((dot) => dot.setAttribute("tabindex", "-1"));
    this.rove(this.spots.keys().next().value);
  }

  // One stop for Tab; arrows go from there.
  rove(id) {
    if (!this.spots.has(id)) return;
    for (const [key, spot] of this.spots) spot.setAttribute("tabindex", key === id ? "0" : "-1");
  }

  // Size and place.
  measure() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || (width === this.width && height === this.height)) return;
    const middle = this.k && [this.width / 2, this.height / 2].map((half, i) => (half - [this.x, this.y][i]) / this.k);
    [this.width, this.height] = [width, height];
    this.least = Math.min(width / this.wide, height / this.high);
    this.most = Math.max(this.levels.at(-1) * 1.3, this.least * 2);
    const kept = middle ? null : this.recall();
    if (kept) this.place(kept.k, width / 2 - kept.x * kept.k, height / 2 - kept.y * kept.k);
    else if (middle) this.place(this.k, width / 2 - middle[0] * this.k, height / 2 - middle[1] * this.k);
    else this.fit();
  }

  fit() {
    this.place(this.least, (this.width - this.wide * this.least) / 2, (this.height - this.high * this.least) / 2);
  }

  place(k, x, y) {
    this.k = clamp(k, this.least, this.most);
    const held = (at, size, room) => (size <= room ? (room - size) / 2 : clamp(at, room - size - NEAR, NEAR));
    this.x = held(x, this.wide * this.k, this.width);
    this.y = held(y, this.high * this.k, this.height);
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.frame = null;
    const { svg, k } = this;
    if (k !== this.drawn) {
      this.drawn = k;
      svg.style.width = `${this.wide * k}px`;
      svg.style.height = `${this.high * k}px`;
      svg.style.setProperty("--letters", `${this.letters / k}px`);
      const tip = String(Math.min(9, 6 / k));
      for (const side of ["markerWidth", "markerHeight"]) this.tip.setAttribute(side, tip);
      this.levels.forEach((level, i) => svg.classList.toggle(`v${i}`, k >= level));
    }
    svg.style.transform = `translate(${this.x}px, ${this.y}px)`;
    this.keep();
  }

  zoom(by, x = this.width / 2, y = this.height / 2) {
    const k = clamp(this.k * by, this.least, this.most);
    this.place(k, x - ((x - this.x) * k) / this.k, y - ((y - this.y) * k) / this.k);
  }

  // Where the reader was on this map, in this tab.
  get name() {
    return `map:${location.pathname}:${this.svg.getAttribute("viewBox")}`;
  }

  keep() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      const place = { k: this.k, x: (this.width / 2 - this.x) / this.k, y: (this.height / 2 - this.y) / this.k };
      if (this.k > this.least * 1.01) sessionStorage.setItem(this.name, JSON.stringify(place));
      else sessionStorage.removeItem(this.name);
    }, 200);
  }

  recall() {
    return JSON.parse(sessionStorage.getItem(this.name) ?? "null");
  }

  // Hands: one pointer pans, two pinch.
  pointerdown(event) {
    if (event.button || event.target.closest(".zoom")) return;
    if (!this.held.size) this.moved = 0;
    this.held.set(event.pointerId, [event.clientX, event.clientY]);
  }

  pointermove(event) {
    const before = this.held.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    this.moved += Math.abs(dx) + Math.abs(dy);
    if (this.moved > 5 && !this.stage.hasPointerCapture(event.pointerId)) {
      this.stage.setPointerCapture(event.pointerId);
      this.stage.classList.add("held");
    }
    this.held.set(event.pointerId, now);
    if (this.held.size === 1) {
      this.place(this.k, this.x + dx, this.y + dy);
    } else if (this.held.size === 2) {
      const other = [...this.held].find(([id]) => id !== event.pointerId)[1];
      const far = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]);
      const box = this.stage.getBoundingClientRect();
      this.zoom(far(now) / (far(before) || 1), (now[0] + other[0]) / 2 - box.left, (now[1] + other[1]) / 2 - box.top);
    }
  }

  pointerup(event) {
    this.held.delete(event.pointerId);
    if (!this.held.size) this.stage.classList.remove("held");
  }

  pointercancel(event) {
    this.pointerup(event);
  }

  dragstart(event) {
    event.preventDefault();
  }

  wheel(event) {
    const out = event.deltaY > 0 && this.k <= this.least * 1.001;
    // All of the map is in sight: the wheel moves the page on.
    if (out && !event.ctrlKey) return;
    event.preventDefault();
    const box = this.stage.getBoundingClientRect();
    const step = event.deltaY * (event.deltaMode ? 16 : 1) * (event.ctrlKey ? 0.01 : 0.002);
    this.zoom(Math.exp(-clamp(step, -0.5, 0.5)), event.clientX - box.left, event.clientY - box.top);
  }

  click(event) {
    const button = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (button) this.step(button);
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (this.moved > 5) {
      this.moved = 0;
      event.stopPropagation();
    } else if (link.dataset.id) {
      // The list's link does it: it opens the topic beside the map.
      document.querySelector(`.map-list a[data-id="${link.dataset.id}"]`)?.click();
    } else {
      htmx.ajax("GET", link.getAttribute("href"), { target: "#main", swap: "outerHTML" });
    }
  }

  step(way) {
    if (way === "fit") this.fit();
    else this.zoom(way === "in" ? 1.4 : 1 / 1.4);
  }

  // Keys, while the focus is on the map.
  keydown(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) this.place(this.k, this.x - way[0] * 80, this.y - way[1] * 80);
    else this.walk(event.target.closest(".spot")?.dataset.id, way);
  }

  // To the nearest topic that way.
  walk(from, [dx, dy]) {
    const at = this.centres.get(from);
    if (!at) return;
    let best = null;
    let least = Infinity;
    for (const [id, [x, y]] of this.centres) {
      const ahead = (x - at[0]) * dx + (y - at[1]) * dy;
      const aside = Math.abs((x - at[0]) * dy) + Math.abs((y - at[1]) * dx);
      const far = ahead + 2 * aside;
      if (id !== from && ahead > aside / 2 && far < least) [best, least] = [id, far];
    }
    if (best) this.spots.get(best).focus({ preventScroll: true });
  }

  focusin(event) {
    const id = event.target.closest(".spot")?.dataset.id;
    if (!id) return;
    this.rove(id);
    this.tell(id);
    this.show(id);
  }

  focusout() {
    this.tell(null);
  }

  pointerover(event) {
    const id = event.target.closest(".spot")?.dataset.id;
    if (id && !this.held.size) this.tell(id);
  }

  pointerout(event) {
    if (event.target.closest(".spot") && !event.relatedTarget?.closest?.(".spot")) {
      this.tell(document.activeElement?.closest(".spot")?.dataset.id ?? null);
    }
  }

  // A topic that has the focus is in sight.
  show(id) {
    this.stage.scrollTo(0, 0);
    const [x, y] = this.centres.get(id).map((at, i) => (at - [this.left, this.top][i]) * this.k + [this.x, this.y][i]);
    const dx = clamp(x, NEAR, this.width - NEAR) - x;
    const dy = clamp(y, NEAR, this.height - NEAR) - y;
    if (dx || dy) this.place(this.k, this.x + dx, this.y + dy);
  }

  // Light up what a topic is tied to, and say how.
  tell(id) {
    for (const lit of this.svg.querySelectorAll(".lit, .near")) lit.classList.remove("lit", "near");
    this.svg.classList.toggle("telling", Boolean(id));
    if (!id) {
      this.said.textContent = this.said.dataset.idle;
      return;
    }
    const spot = this.spots.get(id);
    spot.classList.add("lit");
    const words = [];
    for (const { path, other } of this.ties.get(id)) {
      path.classList.add("lit");
      this.spots.get(other)?.classList.add("near");
      words[path.classList.contains("faint") ? "push" : "unshift"](path.textContent);
    }
    const more = words.length > 3 ? ` And ${words.length - 3} more.` : "";
    const name = spot.querySelector("text").textContent;
    this.said.textContent = words.length ? words.slice(0, 3).join(" ") + more : `Nothing here is tied to ${name}.`;
  }

  // The topic that stands open beside the map.
  mark() {
    const id = document.getElementById("beside")?.dataset.id;
    for (const link of document.querySelectorAll(".mapped a[data-id]")) {
      if (link.dataset.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (id) this.rove(id);
  }
}

const show = () => {
  const stage = document.querySelector("[data-map]");
  if (stage && chart?.stage !== stage) chart = new Chart(stage);
  if (!stage) chart = null;
};

// The panel came or went: whoever opened it reads on there.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id !== "beside" || !chart) return;
  chart.mark();
  const heading = document.querySelector("#beside h2");
  const opened = document.getElementById("beside").dataset.id;
  if (heading) {
    document.getElementById("status").textContent = `${heading.textContent.trim()}, beside the map.`;
    heading.focus({ preventScroll: true });
  } else {
    chart.svg.querySelector(".spot[tabindex='0']")?.focus({ preventScroll: true });
  }
  if (opened) chart.rove(opened);
});

// Back and forward between topics of the same map: the panel alone changes.
document.addEventListener("page:back", (event) => {
  const { wanted, shown } = event.detail;
  const part = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.delete("open");
    return url.pathname + url.search;
  };
  if (!chart || part(wanted) !== part(shown)) return;
  event.preventDefault();
  const url = new URL(wanted, location.href);
  url.searchParams.set("as", "beside");
  htmx.ajax("GET", url.pathname + url.search, { target: "#beside", swap: "outerHTML" });
});

document.addEventListener("keydown", (event) => {
  if (!chart || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && event.target.closest?.("#beside")) {
    chart.svg.querySelector(".spot[aria-current]")?.focus({ preventScroll: true });
    return;
  }
  if (document.documentElement.dataset.keys === "off" && !event.target.closest?.("[data-map]")) return;
  if (event.target.closest?.("input, textarea, select, dialog")) return;
  const way = { "+": "in", "=": "in", "-": "out", "−": "out", 0: "fit" }[event.key];
  if (!way) return;
  event.preventDefault();
  chart.step(way);
});

document.addEventListener("page:shown", show);
show();
