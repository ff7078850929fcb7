// Saves each cell as it is typed, says so beside it, and asks for the checks when the typing rests.
"use strict";
(() => {
  const form = document.getElementById("cells"), panel = document.getElementById("checks");
  if (!form) return;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const isEnglish = document.documentElement.lang === "en", only = (zh, en) => (isEnglish ? en : zh);
  const TYPING = 700, RESTING = 1500, AGAIN = 4000; // milliseconds
  const SIGN_IN = ["未保存：已退出登录。刷新本页、重新登录后可填回", "Not saved: you were signed out. Reload, sign in, and put it back"];
  const tell = (what, detail) => form.dispatchEvent(new CustomEvent(what, { bubbles: true, detail })); // unsaved.js keeps what is not saved
  const timers = new Map(), busy = new Set();
  let resting = 0, asking = false;
  const was = (field) => form.elements[field.name.replace(/^c-/, "w-")];
  const say = (field, words, mark) => {
    const place = form.querySelector(`output[for="${field.id}"]`);
    place.textContent = words;
    place.className = mark;
  };
  const later = (field, delay) => {
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => save(field), delay));
  };
  async function save(field) {
    clearTimeout(timers.get(field));
    timers.delete(field);
    if (field.value === was(field).value) return say(field, "", "");
    if (busy.has(field)) return later(field, TYPING); // one at a time, so that the last typing is the last kept
    busy.add(field);
    const typed = field.value;
    say(field, only("正在保存…", "Saving…"), "");
    try {
      const body = new URLSearchParams({ csrfmiddlewaretoken: token, value: typed, seen: was(field).value });
      const answer = await fetch(field.dataset.address, { method: "POST", body, keepalive: true });
      const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (!answer.ok || told.value === undefined) { // signed out: led to the sign-in page, which is no answer
        tell("unsaved");
        return say(field, told.error || only(...SIGN_IN), "bad");
      }
      was(field).value = told.value;
      if (field.value === typed) field.value = told.value;
      const from = form.querySelector(`[data-from="${field.id}"]`), over = told.overtaken;
      from.textContent = told.origin;
      say(field, over === null ? only("已保存", "Saved") : only(`已保存；别人刚填的是“${over}”`, `Saved; somebody else had just typed “${over}”`), over === null ? "ok" : "bad");
      tell("saved", field.name);
      check();
    } catch {
      say(field, only("网络不通，稍后再存", "Offline: trying again"), "bad");
      later(field, AGAIN);
    } finally {
      busy.delete(field);
      if (field.value !== was(field).value && field.value !== typed) later(field, TYPING);
    }
  }
  function check() {
    clearTimeout(resting);
    resting = setTimeout(ask, RESTING);
  }
  async function ask() {
    const explains = panel.contains(document.activeElement) && document.activeElement.value; // would be swept away
    if (asking || explains || timers.size || busy.size) return check(); // one question at a time, once the typing rests
    asking = true;
    try {
      const answer = await fetch(panel.dataset.address);
      if (!answer.ok || answer.redirected) return;
      panel.innerHTML = await answer.text();
      paint();
    } catch { check(); } finally { asking = false; }
  }
  function paint() {
    for (const cell of form.querySelectorAll("td[data-cell]")) cell.classList.remove("bad", "floor");
    for (const one of panel.querySelectorAll("[data-cell]")) {
      const cell = cell_of(one);
      if (cell && !cell.classList.contains("bad")) cell.className = one.dataset.mark; // logic comes first in the list
    }
    note();
  }
  const cell_of = (one) => form.querySelector(`td[data-cell="${one.dataset.cell}"]`);
  function note() { // beside each cell what is wrong with it: on a phone the list of checks is far below
    for (const old of form.querySelectorAll(".wrong-here")) old.remove();
    for (const one of panel.querySelectorAll("[data-cell]:not([data-explained])")) {
      const words = document.createElement("small");
      words.className = "wrong-here";
      words.textContent = one.querySelector("a").textContent;
      cell_of(one)?.append(words);
    }
  }
  // The links to histories are one stop of the Tab key: ↑ ↓ move among them, Alt+H leads from a cell to its own.
  const pasts = [...form.querySelectorAll("a.past")], hint = document.getElementById("past-keys");
  const stop = (link) => { for (const one of pasts) one.tabIndex = one === link ? 0 : -1; };
  stop(pasts[0]);
  if (hint) hint.hidden = false;
  form.addEventListener("keydown", (event) => {
    const at = pasts.indexOf(event.target), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const near = (what) => event.target.closest(what)?.querySelector("a.past");
    const own = event.altKey && event.code === "KeyH" && (near("td") || near("tr"));
    const link = at >= 0 && step ? pasts[at + step] : own;
    if (!link) return;
    event.preventDefault();
    stop(link);
    link.focus();
  });
  const isCell = (field) => field.name && field.name.startsWith("c-");
  form.addEventListener("input", (event) => isCell(event.target) && later(event.target, TYPING));
  form.addEventListener("change", (event) => isCell(event.target) && save(event.target));
  window.addEventListener("pagehide", () => { for (const field of [...timers.keys()]) save(field); });
  window.addEventListener("beforeunload", (event) => { if (timers.size || busy.size) event.preventDefault(); });
  if (panel.querySelector("a.button")) check();
  else note();
})();
