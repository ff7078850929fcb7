// Walks a newcomer along the parts of the page, step by step. Without this file the notice leads to a page that says the same.
"use strict";
(() => {
  const home = document.getElementById("tour");
  if (!home) return;
  const steps = [...home.querySelectorAll("li[data-at]")];
  const begin = document.getElementById("tour-begin");
  const form = home.querySelector("form");
  const words = home.dataset;
  let at = 0;
  const make = (name, text) => Object.assign(document.createElement(name), { textContent: text, type: "button" });
  const box = document.createElement("div");
  const said = document.createElement("div");
  const count = make("p", "");
  const [back, next, close] = [make("button", words.back), make("button", words.next), make("button", "✕")];
  const row = document.createElement("p");
  count.className = "hint";
  row.className = "actions";
  back.className = "second";
  close.className = "plain tour-close";
  close.setAttribute("aria-label", form.querySelector("button.second").textContent);
  box.className = "tour-box card";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", "tour-step");
  row.append(back, next);
  box.append(close, count, said, row);

  const target = (step) => document.querySelector(`[data-part="${step.dataset.at}"]`);
  const unmark = () => document.querySelectorAll(".tour-here").forEach((one) => one.classList.remove("tour-here"));
  const show = () => {
    unmark();
    const step = steps[at];
    said.innerHTML = step.innerHTML; // the site's own words, from this page
    said.querySelector("h3").id = "tour-step";
    count.textContent = `${at + 1} / ${steps.length}`;
    back.disabled = at === 0;
    next.textContent = at === steps.length - 1 ? words.done : words.next;
    const here = target(step);
    if (here) {
      here.classList.add("tour-here");
      here.scrollIntoView({ block: "nearest" });
    }
    box.focus();
  };
  const end = () => {
    unmark();
    box.remove();
    home.remove();
    document.body.classList.remove("on-tour");
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    document.querySelector("main h1")?.setAttribute("tabindex", "-1");
    document.querySelector("main h1")?.focus();
  };
  const start = () => {
    home.hidden = true;
    document.body.classList.add("on-tour");
    document.body.append(box);
    at = 0;
    show();
  };
  next.addEventListener("click", () => (at === steps.length - 1 ? end() : (at++, show())));
  back.addEventListener("click", () => (at--, show()));
  close.addEventListener("click", end);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    end();
  });
  document.addEventListener("keydown", (event) => {
    if (!box.isConnected) return;
    if (event.key === "Escape") end();
    if (event.key === "ArrowRight") next.click();
    if (event.key === "ArrowLeft" && at > 0) back.click();
  });
  begin.hidden = false;
  begin.addEventListener("click", start);
  if (new URLSearchParams(location.search).has("tour")) start();
})();
