// The dose answers while it moves. The page works without it.
"use strict";
(() => {
  const form = document.querySelector("form[data-slide]");
  const slide = document.getElementById("slide");
  const dose = document.getElementById("dose");
  if (!form || !slide || !dose) return;
  const answer = document.getElementById(form.dataset.slide);
  let asked = 0;
  let waiting = null;
  const ask = async () => {
    const mine = ++asked;
    const address = `?${new URLSearchParams(new FormData(form))}`;
    answer.setAttribute("aria-busy", "true");
    try {
      const found = await fetch(address, { headers: { "X-Part": "answer" } });
      const text = await found.text();
      if (mine !== asked || !found.ok) return;
      answer.innerHTML = text;
      history.replaceState(null, "", address);
    } finally {
      if (mine === asked) answer.removeAttribute("aria-busy");
    }
  };
  slide.disabled = false;
  slide.addEventListener("input", () => {
    dose.value = slide.value;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 60);
  });
})();
