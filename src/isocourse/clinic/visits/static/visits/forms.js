// A form that adds up, keeps itself, and does not let a danger slip. It works without this, too.
"use strict";
(() => {
  const form = document.querySelector("form[data-record]");
  if (!form) return;
  const status = form.querySelector("[data-status]");
  const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
  let changed = false, sending = false, waiting = 0;

  // Totals, as the answers are filled in.
  const addUp = (box) => {
    const weighed = (each) => Number(each.value) * Number(each.closest("[data-factor]")?.dataset.factor ?? 1);
    const given = [...box.querySelectorAll("input[type=radio]:checked")].map(weighed);
    box.querySelector("[data-total]").textContent = given.length ? given.reduce((a, b) => a + b) : "–";
  };

  // What cannot wait.
  const safety = form.querySelector("[data-safety]");
  const danger = () => Number(chosen("phq9-i9")) > 0
    || ["suicidal_thoughts", "psychosis", "aggression"].includes(chosen("mind-concern"));
  const acted = () => chosen("safety-done") && form.elements["safety-note"]?.value.trim();
  const look = () => { if (safety) safety.hidden = !danger(); };

  // A digit answers a row and goes on to the next one.
  form.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-digits]");
    if (!box || event.target.type !== "radio" || !/^[0-9]$/.test(event.key)) return;
    const rows = [...box.querySelectorAll("fieldset")];
    const row = event.target.closest("fieldset");
    const pick = row.querySelectorAll("input[type=radio]")[Number(event.key)];
    if (!pick) return;
    event.preventDefault();
    pick.checked = true;
    pick.dispatchEvent(new Event("change", { bubbles: true }));
    const next = rows[rows.indexOf(row) + 1] ?? row;
    (next.querySelector("input:checked") ?? next.querySelector("input")).focus();
  });

  // Alt and an arrow go to the next part or the one before; Control and Enter record.
  const first = (part) => part.querySelector("summary, input:checked, input:not([type=hidden]), select, textarea");
  const parts = () => [...form.querySelectorAll(":scope > section.sheet:not([hidden]), :scope > details.sheet")];
  const step = (by) => {
    const all = parts();
    const here = all.findIndex((each) => each.contains(document.activeElement));
    const to = all[here < 0 ? 0 : here + by];
    if (to) first(to)?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=save]"));
    }
  });

  // Kept on the server while it is filled in.
  const send = () => {
    const said = new FormData(form);
    said.set("do", "draft");
    form.querySelectorAll("input[type=file]").forEach((each) => said.delete(each.name)); // kept elsewhere
    return fetch(form.action, { method: "POST", body: said, redirect: "manual", keepalive: true });
  };
  const renew = async () => {
    const page = await fetch(location.href, { redirect: "manual" });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = fresh.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((each) => { each.value = token.value; });
    return Boolean(token);
  };
  const keep = async () => {
    if (!changed || sending) return;
    try {
      let answer = await send();
      if (answer.status !== 204 && await renew()) answer = await send();
      const kept = answer.status === 204;
      changed = changed && !kept;
      status.textContent = kept ? `${form.dataset.kept} ${new Date().toLocaleTimeString()}` : form.dataset.lost;
    } catch { status.textContent = form.dataset.lost; }
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 800);
  });
  form.addEventListener("change", (event) => {
    const box = event.target.closest("[data-scored]");
    if (box) addUp(box);
    look();
  });
  form.addEventListener("submit", () => { sending = true; clearTimeout(waiting); });
  document.addEventListener("visibilitychange", keep);
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && danger() && !acted()) event.preventDefault();
  });

  // A link to a folded part opens it.
  const unfold = () => {
    const place = document.getElementById(location.hash.slice(1));
    const fold = place?.closest("details");
    if (fold) fold.open = true;
    place?.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);
  unfold();
  look();
  document.querySelector("[data-focus]")?.focus();
})();
