// While figures are typed the outcome is asked for again; only the answer to the last question is shown. Without this
// file the button does the same.
"use strict";
(() => {
  const RESTING = 250; // milliseconds without a key
  const form = document.getElementById("whatif");
  const outcome = document.getElementById("outcome");
  const told = document.getElementById("told");
  if (!form || !outcome) return;
  const english = document.documentElement.lang === "en";
  const say = (zh, en) => { told.textContent = english ? en : zh; };
  let asked = 0, timer = 0, flying = null;
  const ask = async () => {
    const mine = ++asked;
    flying?.abort();
    flying = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("part", "1");
    outcome.classList.add("is-old");
    say("正在计算…", "Computing…");
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", signal: flying.signal });
      if (mine !== asked) return; // a later question is under way
      if (!answer.ok || answer.redirected) return say("没有算成，请重新登录后再试", "Not computed: sign in again");
      const html = await answer.text();
      if (mine !== asked) return;
      outcome.innerHTML = html;
      outcome.classList.remove("is-old");
      say("", "");
    } catch (error) {
      if (mine === asked && error.name !== "AbortError") say("网络不通，请按“计算”", "Offline: press Compute");
    }
  };
  const later = (event) => {
    const field = event.target;
    if (field.name === "name" || field.name === "note" || field.name === "school") return;
    if (field.name?.startsWith("set:")) field.classList.toggle("changed", field.value.trim() !== "");
    clearTimeout(timer);
    timer = setTimeout(ask, RESTING);
  };
  form.addEventListener("input", later);
  form.querySelector('select[name="school"]')?.addEventListener("change", () => form.requestSubmit(document.getElementById("compute")));
})();
