"""How many frames a second the map shows while it is panned and zoomed, in Chromium.

    .venv/bin/python bench/map.py [--seconds 3] [--width 1440]

The bundled outline is loaded into a temporary database and served. Chromium opens its map; a
script in the page drags it in a circle by pointer events, one for each frame that the browser
gives, and notes the time between frames; then it turns the wheel in and out the same way. Beside
it stands the same loop on a plain box as large as the map, moved by nothing but a transform, which
shows what this browser and machine give at best (without a graphics card both are drawn by the
processor). The two take turns, and the better of three goes counts, as the machine may be busy.
Frames later than 1.5 times 1/60 s count as dropped.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import ARGUMENTS, find_chromium  # noqa: E402

MAP = "/o/aws-security-specialty/map/"
# Runs `act(step)` each frame for so long; gives the milliseconds between frames.
LOOP = """
([seconds, what]) => new Promise((done) => {
  const stage = document.querySelector("[data-map]");
  const box = stage?.getBoundingClientRect();
  const at = (i) => [
    box.left + box.width / 2 + 120 * Math.cos(i / 20),
    box.top + box.height / 2 + 120 * Math.sin(i / 20),
  ];
  const send = (type, i) => {
    const [clientX, clientY] = at(i);
    const more = { clientX, clientY, pointerId: 1, bubbles: true, cancelable: true, button: 0 };
    stage.dispatchEvent(new PointerEvent(type, more));
  };
  const acts = {
    nothing: () => {},
    box: (i) => {
      box.element ??= Object.assign(document.createElement("div"), { id: "plain" });
      const style = box.element.style;
      if (!i) {
        Object.assign(style, { position: "absolute", width: "2000px", height: "1700px",
          background: "linear-gradient(gray, silver)", willChange: "transform" });
        stage.append(box.element);
      }
      const [x, y] = at(i);
      style.transform = `translate(${x - 900}px, ${y - 800}px)`;
    },
    pan: (i) => send(i ? "pointermove" : "pointerdown", i),
    zoom: (i) => stage.dispatchEvent(new WheelEvent("wheel", {
      deltaY: i % 120 < 60 ? -20 : 20, clientX: at(0)[0], clientY: at(0)[1],
      bubbles: true, cancelable: true,
    })),
  };
  if (stage) stage.setPointerCapture = () => {};
  const steps = [];
  let before = null;
  let i = 0;
  const end = performance.now() + 1000 * seconds;
  const frame = (now) => {
    if (before !== null) steps.push(now - before);
    before = now;
    acts[what](i++);
    if (performance.now() < end) requestAnimationFrame(frame);
    else { if (what === "pan") send("pointerup", i); box?.element?.remove(); done(steps); }
  };
  requestAnimationFrame(frame);
})
"""


def report(name: str, steps: list[float]) -> None:
    ordered = sorted(steps)
    usual = ordered[len(ordered) // 2]
    late = sum(step > 1.5 * 1000 / 60 for step in steps)
    print(
        f"{name:<28}{1000 * len(steps) / sum(steps):>8.1f}{usual:>10.1f}"
        f"{ordered[int(len(ordered) * 0.95)]:>8.1f}{100 * late / len(steps):>9.1f} %"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=3, help="how long each (3)")
    parser.add_argument("--width", type=int, default=1440, help="of the window (1440)")
    options = parser.parse_args()
    shots: Any = SourceFileLoader("shots", str(ROOT / "script" / "screenshots")).load_module()
    with (
        tempfile.TemporaryDirectory() as data,
        shots.served(data) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": options.width, "height": 900})
        print(f"{'':<28}{'frames/s':>8}{'median ms':>10}{'95 %':>8}{'dropped':>11}")
        page.goto(address + MAP)
        page.wait_for_selector(".chart.live")

        def best(name: str, what: str, others: str = "") -> None:
            goes: dict[str, list[list[float]]] = {what: [], others: []}
            for _ in range(3):
                for each, found in goes.items():
                    if each:
                        found.append(page.evaluate(LOOP, [options.seconds, each]))
            for each, found in goes.items():
                if each:
                    label = name if each == what else "  a plain box, in turns"
                    report(label, max(found, key=lambda steps: len(steps) / sum(steps)))

        best(f"map of {page.locator('.spot').count()}, at rest", "nothing")
        for clicks, name in ((2, "panned"), (1, "panned, zoomed in"), (3, "panned, with features")):
            for _ in range(clicks):
                page.locator("[data-zoom=in]").click()
            best(name, "pan", "box")
        best("zoomed in and out", "zoom")
        browser.close()


if __name__ == "__main__":
    main()
