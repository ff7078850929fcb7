// What was typed and not saved, because the session had ended or the page was out of date, is offered again: kept in
// this tab alone (sessionStorage), by account and form, until it is saved, thrown away, or somebody signs out. Nobody
// else is ever offered it. Without this file it is typed again.
"use strict";
(() => {
  const KEY = "unsaved", account = document.body.dataset.account || "", here = location.pathname;
  const only = (zh, en) => (document.documentElement.lang === "en" ? en : zh);
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) || []; } catch { return []; } };
  const write = (kept) => {
    try {
      if (kept.length) sessionStorage.setItem(KEY, JSON.stringify(kept));
      else sessionStorage.removeItem(KEY);
    } catch { /* no room, or forbidden: it is typed again */ }
  };
  const target = (form) => new URL(form.getAttribute("action") || here, location.href).pathname;
  const isOf = (form) => (one) => one.account === account && one.page === here && one.form === target(form);
  const isTyped = (field) => field.name && !/^(hidden|password|file|submit|button)$/.test(field.type) && field.tagName !== "BUTTON";
  const isTick = (field) => /^(checkbox|radio)$/.test(field.type);
  const now = (field) => (isTick(field) ? field.checked : field.value);
  const was = (field) => {
    const shown = field.name.startsWith("c-") && field.form.elements[field.name.replace("c-", "w-")]; // a cell saved as it is typed
    if (shown) return shown.value;
    if (isTick(field)) return field.defaultChecked;
    if (field.tagName !== "SELECT") return field.defaultValue;
    return ([...field.options].find((one) => one.defaultSelected) || field.options[0] || { value: "" }).value;
  };
  const typed = (form) => [...form.elements].filter((one) => isTyped(one) && now(one) !== was(one));
  const isSecret = (form) => target(form).startsWith("/account/") || form.querySelector("[type=password]");
  const keep = (form, isLost, saved = "") => {
    if (!account || form.method !== "post" || isSecret(form)) return;
    const names = new Set([saved, ...typed(form).map((one) => one.name)]);
    const before = isLost ? read().filter(isOf(form)).flatMap((one) => one.fields).filter(([name]) => !names.has(name)) : [];
    const fields = [...before, ...typed(form).map((one) => [one.name, isTick(one) ? one.value : "", now(one)])];
    const others = read().filter((one) => !isOf(form)(one));
    write(fields.length ? [...others, { account, page: here, form: target(form), isLost, fields }] : others);
  };
  const found = (form, [name, value]) => [...form.elements].find((one) => one.name === name && isTyped(one) && (!isTick(one) || one.value === value));
  const lost = () => read().filter((one) => one.isLost && one.page === here).flatMap((one) => {
    const form = [...document.forms].find((place) => place.method === "post" && target(place) === one.form);
    return form ? one.fields.map((field) => [found(form, field), field[2]]).filter(([place, value]) => place && now(place) !== value) : [];
  });
  const forget = () => write(read().filter((one) => one.page !== here));
  const put = (fields) => {
    for (const [field, value] of fields) {
      for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
      if (isTick(field)) field.checked = value; else field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    fields[0][0].focus();
  };
  const offer = (fields) => {
    const box = document.createElement("div"), act = document.createElement("p");
    box.className = "card floor-edge unsaved";
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = only(`您在本页填的 ${fields.length} 处没有存上（当时已退出登录，或页面已过期）。`, `${fields.length} things you typed on this page were not saved: you had been signed out, or the page was out of date.`);
    const button = (label, className, does) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, className });
      made.addEventListener("click", () => { box.remove(); does(); });
      act.append(made, " ");
    };
    button(only("填回来", "Put them back"), "", () => put(fields));
    button(only("不要了", "Throw them away"), "plain", forget);
    act.className = "actions";
    box.append(words, act);
    document.querySelector("main").prepend(box);
  };
  document.addEventListener("submit", (event) => {
    if (target(event.target).endsWith("/logout/")) write([]);
    else keep(event.target, false);
  });
  document.addEventListener("unsaved", (event) => keep(event.target, true)); // of a page that saves as one types
  document.addEventListener("saved", (event) => keep(event.target, true, event.detail));
  if (!account) return write(read().map((one) => ({ ...one, isLost: true }))); // the sign-in, or a page that says it failed
  write(read().filter((one) => one.account === account && one.isLost)); // what was sent was answered
  const fields = lost();
  if (fields.length) offer(fields);
})();
