// Shows what is typed when it is asked for, and how long a new password is. It works without this, too.
"use strict";
(() => {
  const label = (text) => document.querySelector(`[data-words-${text}]`)?.getAttribute(`data-words-${text}`) ?? "";
  for (const field of document.querySelectorAll("input[type=password]")) {
    const pick = document.createElement("label");
    pick.className = "pick";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.addEventListener("change", () => { field.type = box.checked ? "text" : "password"; });
    pick.append(box, ` ${label("show")}`);
    field.after(pick);
    field.form?.addEventListener("submit", () => { field.type = "password"; });
    if (field.autocomplete !== "new-password") continue;
    const meter = document.createElement("meter");
    Object.assign(meter, { min: 0, max: 24, low: 12, high: 16, optimum: 24, value: 0 });
    meter.setAttribute("aria-label", label("strength"));
    // Length is what counts; few different signs count for little.
    const measure = () => {
      const signs = [...field.value];
      meter.value = Math.min(24, signs.length, 2 * new Set(signs).size);
    };
    field.addEventListener("input", measure);
    pick.after(meter);
  }
})();
