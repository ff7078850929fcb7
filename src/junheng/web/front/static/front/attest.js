// Ticks all schools of the page at once.
"use strict";
(() => {
  const all = document.getElementById("tick-all");
  if (!all) return;
  all.addEventListener("change", () => {
    for (const one of document.querySelectorAll(".tick-one")) one.checked = all.checked;
  });
})();
