// The frame's small motions: the bar of parts folds on a narrow screen, wide tables scroll by keyboard, Escape closes the account menu.
// Without this file the bar stands open and the menu closes by its own button.
"use strict";
(() => {
  const bar = document.querySelector(".parts");
  const button = document.getElementById("parts-toggle");
  if (bar && button) {
    bar.classList.add("folds");
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = bar.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
  }
  for (const box of document.querySelectorAll(".wide, .heat-box")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; // the arrow keys move what does not fit
  }
  const menu = document.querySelector(".me details");
  if (!menu) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
})();
